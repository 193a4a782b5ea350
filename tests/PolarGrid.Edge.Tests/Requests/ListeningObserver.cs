using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;
using PolarGrid.Testing;
using PolarGrid.Testing.Speech;

namespace PolarGrid.Edge.Tests.Requests;

/// <summary>Sends a recording with fields as a form, and sees what the recognisers were asked and what came back.</summary>
internal sealed partial class ListeningObserver : IAsyncDisposable
{
    private readonly ScriptedTranscriber tones = new();
    private readonly ScriptedTranscriber other = new();
    private readonly EnginePool<ITranscriber>[] pools;

    public ListeningObserver(EdgeServer server)
    {
        foreach (var engine in (ScriptedTranscriber[])[tones, other])
        {
            engine.Model = engine.Model with { Languages = ["en", "de"], TakesPrompt = true, TakesTemperature = true, Translates = true };
            engine.Result = piece => piece with { Text = piece.Text + "." };
        }

        other.Model = other.Model with { Id = "other" };
        pools = [tones.Pool(), other.Pool()];
        var speech = server.App.Services.GetRequiredService<ISpeechDirectory>();
        speech.Register(tones.Model, pools[0]);
        speech.Register(other.Model, pools[1]);
    }

    /// <returns>The error's code, or all that a field could have changed.</returns>
    public async Task<(string? Code, string Effect)> SendAsync(EdgeServer server, string path, string fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
        {
            if (name == "file") form.Add(new ByteArrayContent(Tones.Wav(value!.ToString() == "speech.wav" ? "a|b" : "c")), name, "x.wav");
            else if (value is JsonArray list) foreach (var item in list) form.Add(new StringContent(item!.ToString()), name + "[]");
            else form.Add(new StringContent(value!.GetValueKind() == JsonValueKind.String ? value.ToString() : value.ToJsonString()), name);
        }

        var (heard, elsewhere) = (tones.Begun.Count, other.Begun.Count);
        using var response = await server.Client.PostAsync(path, form);
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) return (JsonNode.Parse(answer)!["error"]!["code"]!.GetValue<string>(), "");
        if (response.StatusCode == HttpStatusCode.Accepted) await FinishAsync(server, JsonNode.Parse(answer)!["poll_url"]!.ToString());
        return (null, $"{string.Join(';', tones.Begun.Skip(heard))}|{string.Join(';', other.Begun.Skip(elsewhere))}|{RandomId().Replace(answer, "")}");
    }

    /// <summary>A job that still runs would be seen beside the next request.</summary>
    private static Task FinishAsync(EdgeServer server, string poll) => Until.TrueAsync(async () =>
        (await server.Client.GetStringAsync(poll)).Contains("\"status\":\"completed\"", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in pools) await pool.DisposeAsync();
    }

    [GeneratedRegex("job_transcription_[0-9a-f]{24}")]
    private static partial Regex RandomId();
}
