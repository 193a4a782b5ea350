using PolarGrid.Testing;
using System.Security.Cryptography;
using System.Text;
using PolarGrid.Engine.Templates;
using Shouldly;

namespace PolarGrid.Engine.Tests.Templates;

public class SharedTemplateTests
{
    /// <summary>
    /// Where we side with the JavaScript implementation. In Python a generator cannot be written as JSON, and a text that went
    /// through 'safe' escapes what is added to it as HTML; no model was meant to read either.
    /// </summary>
    private static readonly HashSet<string> ChosenDeviations =
    [
        "llama-cpp-deepseek-r1.jinja / tools without a call",
        "llama-cpp-deepseek-r1.jinja / calls with arguments as an object",
        "llama-cpp-deepseek-r1.jinja / calls with arguments as text",
        "meetkai-functionary-medium-v3.1.jinja / tools without a call",
        "meetkai-functionary-medium-v3.1.jinja / tools in the form of Command R",
        "meetkai-functionary-medium-v3.1.jinja / calls with arguments as text",
        "meetkai-functionary-medium-v3.1.jinja / a built-in tool beside a function",
    ];

    private static readonly Dictionary<string, string> Recorded = File.ReadLines(SourceTree.At("tests/PolarGrid.Engine.Tests/Templates/python.hashes"))
        .ToDictionary(line => line[17..], line => line[..16]);

    [SharedFact(SharedCase.Folder)]
    public void Prompts_are_those_that_Python_renders()
    {
        var wrong = SharedCase.All()
            .Where(c => Recorded.ContainsKey(c.Name) && !ChosenDeviations.Contains(c.Name) && !IsAsInPython(c, c.Render()))
            .Select(c => c.Name);
        wrong.ShouldBeEmpty();
    }

    [SharedFact(SharedCase.Folder)]
    public void Every_recorded_case_is_still_there() =>
        SharedCase.All().Select(c => c.Name).ShouldBe(Recorded.Keys, ignoreOrder: true);

    [OracleFact]
    public async Task Prompts_are_those_of_a_second_implementation_or_else_those_of_Python()
    {
        using var oracle = new Oracle();
        var (same, python, wrong) = (0, 0, new List<string>());
        foreach (var item in SharedCase.All())
        {
            var ours = item.Render();
            var theirs = new List<string?>();
            foreach (var variant in item.Variants) theirs.Add(await oracle.RenderAsync(item.Source, variant));
            if (ours.SequenceEqual(theirs)) same++;
            else if (IsAsInPython(item, ours)) python++;
            else wrong.Add($"{item.Name}: {FirstDifference(ours, theirs)}");
        }

        wrong.ShouldBeEmpty();
        same.ShouldBeGreaterThan(python * 2);
    }

    [SharedFact(SharedCase.Folder)]
    public void A_rendering_does_not_change_what_the_next_one_prints()
    {
        foreach (var item in SharedCase.All()) item.Render().ShouldBe(item.Render());
    }

    [SharedFact(SharedCase.Folder)]
    public void One_template_renders_on_many_threads_at_once()
    {
        foreach (var group in SharedCase.All().GroupBy(c => c.Template))
        {
            var cases = group.ToArray();
            var template = ChatTemplate.Parse(cases[0].Source).Value!;
            var expected = cases.Select(c => c.Render()[0]).ToArray();
            Parallel.For(0, 200, i =>
            {
                var item = cases[i % cases.Length];
                var prompt = template.Render(Rendering.Variables(item.Variants[0]), null, FixedClock.Instance);
                prompt.Value?.Text.ShouldBe(expected[i % cases.Length]);
            });
        }
    }

    private static bool IsAsInPython(SharedCase item, string?[] prompts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var prompt in prompts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(prompt is null ? "error" : "text " + prompt));
            hash.AppendData([0]);
        }

        return Recorded.GetValueOrDefault(item.Name) == Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static string FirstDifference(string?[] ours, List<string?> theirs)
    {
        var i = Enumerable.Range(0, ours.Length).First(n => ours[n] != theirs[n]);
        return $"variant {i}: ours {ours[i] ?? "(error)"} theirs {theirs[i] ?? "(error)"}";
    }
}
