using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools;
using PolarGrid.Testing;

namespace PolarGrid.Edge.Tests.Chat.Tools;

/// <summary>Servers whose scripted model writes calls and thinks, and the answers to what it writes.</summary>
internal static class ToolServer
{
    public const string Tools = """
        "tools":[
          {"type":"function","function":{"name":"weather","description":"d","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}},
          {"type":"function","function":{"name":"time"}}]
        """;

    public static Task<EdgeServer> StartAsync(ToolFamily family = ToolFamily.Hermes, bool thinks = false, params string[] switches)
    {
        var engine = new ScriptedTextEngine();
        engine = new ScriptedTextEngine
        {
            Model = engine.Model with
            {
                Template = new TemplateTraits
                {
                    Tools = family, ListsTools = true, ShowsCalls = true, Reasoning = thinks ? new ReasoningMarkers("<think>", "</think>") : null, Switches = switches,
                },
            },
        };
        return EdgeServer.StartAsync(engine: engine);
    }

    /// <summary>Lets the model say this, cut after every few characters.</summary>
    public static void Says(this EdgeServer server, string text, FinishReason reason = FinishReason.Stop, int every = 3) =>
        server.Engine.Script = request =>
        [
            new ScriptStep.Start(),
            .. Enumerable.Range(0, request.Choices).SelectMany(choice =>
                text.Chunk(every).Select(piece => new ScriptStep.Say(new string(piece), choice)).Append<ScriptStep>(new ScriptStep.Finish(choice, reason))),
            new ScriptStep.Complete(),
        ];

    public static async Task<JsonElement> AnswerAsync(this EdgeServer server, string fields, string? profile = null)
    {
        using var response = await server.ChatAsync(fields, profile);
        response.EnsureSuccessStatusCode();
        return await response.JsonAsync();
    }

    /// <summary>The chunks' only choices, each with delta and finish reason.</summary>
    public static async Task<List<JsonElement>> ChunksAsync(this EdgeServer server, string fields, string? profile = null)
    {
        using var response = await server.ChatAsync(fields + ",\"stream\":true", profile);
        response.EnsureSuccessStatusCode();
        var events = await response.EventsAsync();
        return [.. events[..^1].Select(text => JsonDocument.Parse(text).RootElement.GetProperty("choices")[0].Clone())];
    }
}
