using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>The README's samples do what it says, copied as they are.</summary>
[Collection(ServerCollection.Name)]
public sealed class ReadmeTests(ServerFixture fixture)
{
    [ReadmeFact]
    public async Task The_sample_for_csharp_compiles_and_streams_an_answer() =>
        (await CSharpSample.RunAsync(Read("csharp", "ChatClient"))).ShouldContain("Paris");

    [ReadmeFact(NeedsNode = true)]
    public async Task The_sample_for_javascript_streams_an_answer() =>
        (await NodeClient.RunCodeAsync(Read("js", "import OpenAI"))).ShouldContain("Paris");

    [ReadmeFact]
    public async Task The_line_for_curl_gets_an_answer()
    {
        await using var shell = ChildProcess.Start("bash", ["-c", Read("", "curl ")], new Dictionary<string, string?>());

        (await shell.WaitForEndAsync(TimeSpan.FromSeconds(60))).ShouldBe(0, shell.Error);
        shell.Output.ShouldContain("Paris");
    }

    private string Read(string language, string word) => ReadmeSample.Read(language, word, fixture.CheckedUrl, ServerFixture.Key);
}

/// <summary>A test that needs the README and the model that it names; skipped with a sentence when one is missing.</summary>
internal sealed class ReadmeFactAttribute : FactAttribute
{
    public ReadmeFactAttribute() => Skip = TestModel.Missing ?? ReadmeSample.Missing;

    /// <summary>Whether npm packages are needed too.</summary>
    public bool NeedsNode
    {
        get => field;
        set
        {
            field = value;
            if (value) Skip ??= NodeClient.Missing;
        }
    }
}
