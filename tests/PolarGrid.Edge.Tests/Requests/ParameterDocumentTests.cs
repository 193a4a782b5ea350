using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Chat;
using PolarGrid.Edge.Completions;
using PolarGrid.Edge.Embeddings;
using PolarGrid.Edge.Requests;
using PolarGrid.Edge.Speech;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Transcription;
using PolarGrid.Engine;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;
using PolarGrid.Engine.Tools;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Requests;

/// <summary>
/// Sends every field that the server knows and looks at what happens: an error, a different request to the engine or a different
/// answer, or nothing. The result is <c>docs/parameters.md</c>, which must be up to date; <c>POLARGRID_GOLDEN=write</c> makes it anew.
/// </summary>
public sealed partial class ParameterDocumentTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Reflection = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private readonly ScriptedEmbedder embedder = new();
    private readonly ScriptedVoices voices = new() { Model = new ScriptedVoices().Model with { FollowsInstructions = true } };
    private readonly EnginePool<ISynthesizer> pool;
    private EdgeServer server = null!;
    private ListeningObserver listening = null!;

    public ParameterDocumentTests() => pool = new(voices.Create, new EnginePoolOptions { Engines = 1, MaxRequests = 1 }, voices.Model.Id);

    public async Task InitializeAsync()
    {
        var plain = new ScriptedTextEngine();
        var engine = new ScriptedTextEngine
        {
            Model = plain.Model with
            {
                CanInfill = true,
                Template = new TemplateTraits
                {
                    Tools = ToolFamily.Hermes,
                    ListsTools = true,
                    ShowsCalls = true,
                    Reasoning = new ReasoningMarkers("<think>", "</think>"),
                    Switches = ["enable_thinking", "reasoning_effort", "thinking_budget"],
                },
            },
            Script = request => Steps.Answer(request, "<think>hm</think>", request.Prompt is ChatPrompt { Tools: not null } ? TwoCalls : "Hi"),
        };
        server = await EdgeServer.StartAsync(options => options.AllowGrammar = true, new FakeTimeProvider(), engine: engine);
        listening = new ListeningObserver(server);
        server.Models.Register(new ScriptedTextEngine("vectors"), embedder, ["an-alias-too"]);
        var speech = server.App.Services.GetRequiredService<ISpeechDirectory>();
        speech.Register(voices.Model, pool);
        speech.Register(voices.Model with { Id = "another-voice" }, pool);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await pool.DisposeAsync();
        await listening.DisposeAsync();
    }

    [Fact]
    public async Task Every_field_does_what_its_row_says_and_the_document_tells_it()
    {
        var text = new StringBuilder(
            """
            # Parameters

            What the server does with each field, as seen by a test that sends every one of them (`ParameterDocumentTests`). *Honoured*: it
            changes what the model is asked or what comes back. *Accepted by rule*: checked, then without effect on the answer. *Refused*:
            400 naming the field. Every field may also be `null`, which means absent, unless it is required (\*). Names that are in no table
            are counted and ignored; a strict server refuses them with `unknown_parameter`.

            """.ReplaceLineEndings("\n"));
        var mistakes = new List<string>();
        await AppendAsync(text, mistakes, "/v1/chat/completions", ChatParameters.Table.Describe(), ParameterExamples.Chat, ("model", "\"test-model\""), ("messages", """[{"role":"user","content":"hi"}]"""));
        await AppendAsync(text, mistakes, "/v1/completions", CompletionParameters.Table.Describe(), ParameterExamples.Completions, ("model", "\"test-model\""), ("prompt", "\"hi\""));
        await AppendAsync(text, mistakes, "/v1/embeddings", EmbeddingParameters.Table.Describe(), ParameterExamples.Embeddings, ("model", "\"vectors\""), ("input", "\"hi\""));

        await AppendAsync(text, mistakes, "/v1/audio/speech", SpeechParameters.Table.Describe(), ParameterExamples.Speech, ("model", "\"test-voice\""), ("input", "\"Hi.\""), ("voice", "\"alloy\""));
        await AppendAsync(text, mistakes, "/v1/audio/transcriptions", TranscriptionParameters.Transcriptions.Describe(), ParameterExamples.Transcriptions, ("model", "\"tones\""), ("file", "\"speech.wav\""));
        await AppendAsync(text, mistakes, "/v1/audio/translations", TranscriptionParameters.Translations.Describe(), ParameterExamples.Transcriptions, ("model", "\"tones\""), ("file", "\"speech.wav\""));

        mistakes.ShouldBeEmpty();
        var path = DocumentPath();
        if (Environment.GetEnvironmentVariable("POLARGRID_GOLDEN") == "write") await File.WriteAllTextAsync(path, text.ToString());
        text.ToString().ShouldBe(File.Exists(path) ? await File.ReadAllTextAsync(path) : "", "docs/parameters.md is out of date; POLARGRID_GOLDEN=write makes it anew.");
    }

    private const string TwoCalls =
        """<tool_call>{"name":"time","arguments":{}}</tool_call><tool_call>{"name":"day","arguments":{}}</tool_call>""";

    private async Task AppendAsync(
        StringBuilder text,
        List<string> mistakes,
        string path,
        IReadOnlyList<ParameterDescription> rows,
        IReadOnlyDictionary<string, ParameterExample> examples,
        params (string Name, string Value)[] required)
    {
        text.Append($"\n## POST {path}\n\n| field | type | values | what happens | seen with |\n|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            if (!examples.TryGetValue(row.Name, out var example))
            {
                mistakes.Add($"{path}: no example for '{row.Name}'.");
                continue;
            }

            var (action, cell) = await ObserveAsync(path, row.Name, example, required);
            if (action != row.Action) mistakes.Add($"{path}: '{row.Name}' is to be {row.Action}, but was {action} ({cell}).");
            var values = row.Range.Length > 0 ? row.Range : "any";
            text.Append($"| `{row.Name}`{(row.Required ? " \\*" : "")} | {row.Type} | {Escape(values)} | {cell} | `{Escape(example.Value)}` |\n");
        }
    }

    private async Task<(ParameterAction Action, string Cell)> ObserveAsync(
        string path, string name, ParameterExample example, (string Name, string Value)[] required)
    {
        var without = Body([.. required, .. example.Beside]);
        var before = await SendAsync(path, without);
        before.Code.ShouldBeNull($"{path} {without}");
        var after = await SendAsync(path, Body([.. required, .. example.Beside, (name, example.Value)]));
        if (after.Code is { } code) return (ParameterAction.Refused, $"refused: `{code}`");
        return after.Effect == before.Effect ? (ParameterAction.Accepted, "accepted by rule") : (ParameterAction.Honoured, "honoured");
    }

    /// <summary>The error's code, or all that a field could have changed: what the engine was asked, and what came back.</summary>
    private async Task<(string? Code, string Effect)> SendAsync(string path, string body)
    {
        if (path.StartsWith("/v1/audio/trans", StringComparison.Ordinal)) return await listening.SendAsync(server, path, body);
        using var response = await server.PostAsync(path, body);
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) return (JsonNode.Parse(answer)!["error"]!["code"]!.GetValue<string>(), "");
        var asked = path switch
        {
            "/v1/embeddings" => JsonSerializer.Serialize(embedder.Requests[^1] with { Id = "" }, Reflection),
            "/v1/audio/speech" => $"{JsonSerializer.Serialize(voices.Pieces[^1], Reflection)} {response.Headers.NonValidated["x-polargrid-model"]} {response.Content.Headers.ContentLength}",
            _ => JsonSerializer.Serialize(server.Engine.LastCall.Request with { Id = "" }, Reflection),
        };
        return (null, $"{asked}\n{WithoutEchoes(RandomId().Replace(answer, "$1"))}");
    }

    /// <summary>Members that only repeat what was sent, or name the tier that everybody gets.</summary>
    private static string WithoutEchoes(string answer)
    {
        if (!answer.StartsWith('{')) return answer;
        var members = JsonNode.Parse(answer)!.AsObject();
        members.Remove("metadata");
        members.Remove("service_tier");
        return members.ToJsonString();
    }

    private static string Body((string Name, string Value)[] fields) =>
        $"{{{string.Join(',', fields.GroupBy(field => field.Name).Select(same => $"\"{same.Key}\":{same.Last().Value}"))}}}";

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string DocumentPath([CallerFilePath] string caller = "") =>
        Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "..", "docs", "parameters.md");

    [GeneratedRegex("(chatcmpl-|cmpl-|call_|req_)[0-9a-f]{24}")]
    private static partial Regex RandomId();
}
