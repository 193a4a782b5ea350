using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolarGrid.Cli.Calls;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Speech;

namespace PolarGrid.Cli.Speech;

/// <summary>The calls of the commands on speech. All throw <see cref="ServerFailure"/> when the server refuses.</summary>
internal sealed class SpeechClient(HttpClient http)
{
    private const string VoiceHeader = "x-polargrid-voice";
    private const string ModelHeader = "x-polargrid-model";

    public async Task<VoiceList> ListVoicesAsync(string? model, CancellationToken cancellationToken)
    {
        var path = model is null ? "v1/audio/voices" : $"v1/audio/voices?model={Uri.EscapeDataString(model)}";
        using var response = await http.SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(cancellationToken), WireJson.Wire.VoiceList)
            ?? throw new JsonException("The list of voices is null.");
    }

    /// <summary>Copies the audio as it comes.</summary>
    /// <param name="request">The body of <c>POST /v1/audio/speech</c>.</param>
    /// <param name="output">Takes the file.</param>
    /// <param name="copied">Told how many bytes there are so far.</param>
    /// <returns>The voice and the model that really spoke, as the server says.</returns>
    public async Task<string> SpeakAsync(JsonObject request, Stream output, Action<long> copied, CancellationToken cancellationToken)
    {
        using var body = ServerCalls.Body(request);
        using var response = await http.SendAsync(HttpMethod.Post, "v1/audio/speech", body, cancellationToken);
        await using var audio = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[64 * 1024];
        var total = 0L;
        while (await audio.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            await output.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            await output.FlushAsync(cancellationToken);
            copied(total += count);
        }

        return $"voice {Header(response, VoiceHeader)} of {Header(response, ModelHeader)}";
    }

    /// <summary>A whole transcript in the format that the form asks for.</summary>
    public async Task<string> TranscribeAsync(HttpContent form, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(HttpMethod.Post, "v1/audio/transcriptions", form, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>The pieces of a transcript as they are heard.</summary>
    public async IAsyncEnumerable<string> StreamTranscriptAsync(HttpContent form, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var data in http.StreamAsync("v1/audio/transcriptions", form, "The transcript", cancellationToken))
        {
            if (data["type"]?.GetValue<string>() == "transcript.text.delta" && data["delta"]?.GetValue<string>() is { Length: > 0 } delta) yield return delta;
        }
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "unknown";
}
