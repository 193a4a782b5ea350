using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PolarGrid.LoadBench.Audio;

namespace PolarGrid.LoadBench.Speech;

/// <summary>Has a server speak. One connection for each request under way.</summary>
internal sealed class SpeechClient : IDisposable
{
    /// <summary>At 16 kHz.</summary>
    private const int BytesOfSecond = 32_000;

    private readonly HttpClient _http;
    private readonly string _model;
    private readonly string _voice;

    /// <param name="baseUrl">With <c>/v1</c>.</param>
    /// <param name="key">Of the server.</param>
    /// <param name="model">A name or an alias.</param>
    /// <param name="voice">An id.</param>
    public SpeechClient(Uri baseUrl, string key, string model, string voice)
    {
        (_model, _voice) = (model, voice);
        // Who leaves is gone at once: by default the handler reads on, up to a megabyte, to keep the connection.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxResponseDrainSize = 0 }) { BaseAddress = new Uri(baseUrl.AbsoluteUri.TrimEnd('/') + "/"), Timeout = TimeSpan.FromMinutes(5) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Asks for wav as it is made, at the voice's own sample rate: what the command line of an engine writes.</summary>
    /// <param name="text">What to say.</param>
    /// <param name="leaveAfter">Bytes after which the caller leaves; null: listens to the end.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<SpokenAnswer> SpeakAsync(string text, int? leaveAfter, CancellationToken cancellationToken)
    {
        var body = $$"""{"model":"{{_model}}","input":"{{JsonEncodedText.Encode(text)}}","voice":"{{_voice}}","response_format":"wav","stream":true}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "audio/speech") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        var started = Stopwatch.GetTimestamp();
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var header = new byte[SpokenAnswer.HeaderBytes];
        await stream.ReadExactlyAsync(header, cancellationToken);
        var (first, bytes) = (0.0, 0L);
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes == 0) first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            bytes += read;
            if (bytes > leaveAfter) break;
        }

        var bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(28));
        return new SpokenAnswer(first, Stopwatch.GetElapsedTime(started).TotalMilliseconds, (double)bytes / bytesPerSecond);
    }

    /// <summary>As one of many callers.</summary>
    /// <param name="text">What to say.</param>
    /// <param name="leaving">The caller leaves after a second of audio; null: listens to the end.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<CallerAnswer> CallAsync(string text, Leaving? leaving, CancellationToken cancellationToken)
    {
        var answer = await SpeakAsync(text, leaving is null ? null : BytesOfSecond, cancellationToken);
        return new(answer.TotalMilliseconds, answer.AudioSeconds.ToString("F3", CultureInfo.InvariantCulture), leaving is not null)
        {
            FirstAudioMilliseconds = answer.FirstAudioMilliseconds,
        };
    }

    public void Dispose() => _http.Dispose();
}
