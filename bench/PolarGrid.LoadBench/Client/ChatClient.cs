using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace PolarGrid.LoadBench.Client;

/// <summary>Streams answers from an OpenAI-compatible server. A failed request is an outcome with an error, not an exception.</summary>
internal sealed class ChatClient : IDisposable
{
    /// <summary>More than one connection of the pool may have been closed.</summary>
    private const int MostAttempts = 8;

    private readonly HttpClient _http;
    private readonly Uri _completions;
    private readonly string _model;
    private readonly TimeSpan _timeout;

    /// <param name="baseUrl">Up to and with <c>/v1</c>.</param>
    public ChatClient(Uri baseUrl, string? key, string model, TimeSpan timeout)
    {
        _completions = new Uri(baseUrl.ToString().TrimEnd('/') + "/chat/completions");
        _model = model;
        _timeout = timeout;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.None })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (key is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <param name="watch">Given the outcome before the request is sent, to look at while it streams.</param>
    /// <param name="abandon">Ends this request early, without an error.</param>
    public async Task<RequestOutcome> SendAsync(
        ChatRequest request, CancellationToken cancellationToken, Action<RequestOutcome>? watch = null, CancellationToken abandon = default)
    {
        var body = request.ToJson(_model);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, abandon);
        limit.CancelAfter(_timeout);

        var outcome = new RequestOutcome { Started = Stopwatch.GetTimestamp() };
        watch?.Invoke(outcome);
        try
        {
            await StreamAsync(body, outcome, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (abandon.IsCancellationRequested) outcome.Abandoned = true;
            else outcome.Error = $"no end within {_timeout.TotalSeconds:F0} s";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException or JsonException)
        {
            outcome.Error = failure.InnerException is { } inner ? $"{failure.Message} {inner.Message}" : failure.Message;
        }

        outcome.Ended = Stopwatch.GetTimestamp();
        return outcome;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// llama.cpp's server closes a connection after its hundredth request without announcing it, and the next request on it is lost.
    /// That is not what is measured here: it goes out again, with a fresh clock.
    /// </summary>
    private async Task<HttpResponseMessage> SendAsync(byte[] body, RequestOutcome outcome, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(body, cancellationToken);
            }
            catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ResponseEnded && attempt < MostAttempts)
            {
                outcome.Started = Stopwatch.GetTimestamp();
            }
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _completions) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private async Task StreamAsync(byte[] body, RequestOutcome outcome, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(body, outcome, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            outcome.Error = $"{(int)response.StatusCode}: {text[..Math.Min(text.Length, 300)]}";
            return;
        }

        var reader = new EventStreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var done = false;
        while (await reader.FillAsync(cancellationToken))
        {
            var time = Stopwatch.GetTimestamp();
            while (reader.TryRead(out var data))
            {
                if (data.SequenceEqual("[DONE]"u8)) done = true;
                else ChunkParser.Parse(data, time, outcome);
            }
        }

        if (!done) outcome.Error ??= "the stream ended without [DONE]";
    }
}
