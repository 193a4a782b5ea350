using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PolarGrid.LoadBench.Audio;

namespace PolarGrid.LoadBench.Transcription;

/// <summary>Has a server speak a text and listen to recordings.</summary>
internal sealed class TranscriptionClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _model;

    /// <param name="baseUrl">With <c>/v1</c>.</param>
    /// <param name="key">Of the server.</param>
    /// <param name="model">Which recogniser.</param>
    public TranscriptionClient(Uri baseUrl, string key, string model)
    {
        _model = model;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(baseUrl.AbsoluteUri.TrimEnd('/') + "/"), Timeout = TimeSpan.FromMinutes(10) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>A whole wav file at the voice's own rate, which is the recogniser's.</summary>
    public async Task<byte[]> SpeakAsync(string text, string voice, CancellationToken cancellationToken)
    {
        var body = $$"""{"model":"tts-1","input":"{{JsonEncodedText.Encode(text)}}","voice":"{{voice}}","response_format":"wav","stream":false}""";
        using var response = await _http.PostAsync("audio/speech", new StringContent(body, Encoding.UTF8, "application/json"), cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK) throw await FailureAsync(response, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public async Task<HeardAnswer> HearAsync(byte[] wav, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(wav), "file", "speech.wav" }, { new StringContent(_model), "model" }, { new StringContent("text"), "response_format" } };
        var started = Stopwatch.GetTimestamp();
        using var response = await _http.PostAsync("audio/transcriptions", form, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK) throw await FailureAsync(response, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new HeardAnswer(text.Trim(), Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>As one of many callers.</summary>
    /// <param name="wav">What to hear.</param>
    /// <param name="leaving">The caller leaves before an answer can be there; null: waits for it.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<CallerAnswer> CallAsync(byte[] wav, Leaving? leaving, CancellationToken cancellationToken)
    {
        using var early = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (leaving is not null) early.CancelAfter(TimeSpan.FromMilliseconds(leaving.AloneMilliseconds));
        try
        {
            var answer = await HearAsync(wav, early.Token);
            return new(answer.Milliseconds, answer.Text, Left: false);
        }
        catch (OperationCanceledException) when (leaving is not null && !cancellationToken.IsCancellationRequested)
        {
            return new(leaving.AloneMilliseconds, "", Left: true);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<InvalidOperationException> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
}
