using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Edge.Transcription.Live;

/// <summary>
/// <c>GET /v1/audio/transcriptions/live</c>, a WebSocket, also over HTTP/2, where it is opened with CONNECT. The client sends binary messages of signed 16-bit little-endian mono samples at the
/// rate that it declared, cut wherever it likes, and <c>{"type":"input.done"}</c> at the end; the server sends JSON: <c>session.started</c>,
/// <c>transcript.text.partial</c>, <c>transcript.text.final</c>, <c>transcript.text.done</c>, <c>error</c>. It closes with one of
/// <see cref="LiveClose"/>. A browser, which cannot set headers, offers the subprotocols <c>polargrid</c> and <c>polargrid-key.pg_…</c>.
/// </summary>
internal sealed class LiveApi(
    TranscriptionFlow flow, Detectors detectors, EdgeOptions options, EdgeMetrics metrics, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<LiveApi> logger)
{
    private int sessions;

    private TranscriptionOptions Limits => options.Transcription;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(TranscriptionApi.Path + "/live", [HttpMethods.Get, HttpMethods.Connect], (RequestDelegate)OpenAsync)
            .WithMetadata(
                new RequiredPermission(KeyPermission.ReadOnly), new Metered(UsageKind.LiveTranscription), new OpenToSubprotocolKeys(), EndpointDescriptions.LiveTranscription);

    private async Task OpenAsync(HttpContext context)
    {
        PoolTicket<ITranscriber>? ticket = null;
        var draft = new TranscriptionDraft();
        var counted = false;
        try
        {
            var error = flow.ReadQuery(context, TranscriptionParameters.Live, draft, out var plan) ?? Refusal(context);
            if (error is null)
            {
                counted = Interlocked.Increment(ref sessions) <= Limits.MaxLiveSessions;
                if (!counted) Interlocked.Decrement(ref sessions);
                error = counted ? Enter(plan!, out ticket) : Full();
            }

            if (error is null) await ServeAsync(context, plan!, draft, ticket!);
            else await RefuseAsync(context, error);
        }
        finally
        {
            ticket?.Dispose();
            if (counted) Interlocked.Decrement(ref sessions);
        }
    }

    private async Task ServeAsync(HttpContext context, TranscriptionPlan plan, TranscriptionDraft draft, PoolTicket<ITranscriber> ticket)
    {
        var rate = plan.Model.Description.SampleRate;
        var detector = detectors.Take(rate, plan.Detection.Threshold);
        try
        {
            var finder = SpeechFinder.Create(detector, rate, plan.Model.Description.MaxUtteranceSeconds, plan.Detection);
            var input = PcmInput.Create(draft.SampleRate, rate);
            using (finder.Value)
            using (input.Value)
            {
                if ((finder.Error ?? input.Error) is { } missing) await ErrorWriter.WriteAsync(context, AudioErrors.OfDecoder(missing));
                else await ListenAsync(context, plan, draft, ticket, finder.Value!, input.Value!);
            }
        }
        finally
        {
            detectors.Return(detector, plan.Detection.Threshold);
        }
    }

    private async Task ListenAsync(
        HttpContext context, TranscriptionPlan plan, TranscriptionDraft draft, PoolTicket<ITranscriber> ticket, SpeechFinder finder, PcmInput input)
    {
        var state = RequestState.Of(context);
        state.Streamed = true;
        metrics.ActiveStreams.Add(1);
        try
        {
            using var accepted = await context.WebSockets.AcceptWebSocketAsync(SubprotocolKeys.Chosen(context.Request));
            var socket = new LiveSocket(accepted, time);
            await using var listener = new LiveListener(plan, finder, ticket, socket, time);
            var session = new LiveSession(state.RequestId, plan, draft.SampleRate, Limits.MaxLiveSeconds, socket, listener, input, time, logger);
            await session.RunAsync(context.RequestAborted, lifetime.ApplicationStopping);
            if (session.ErrorCode is { } code) state.Break(code);
            if (session.WasLeft) state.Leave();
            else state.ToldToEnd = true;
        }
        finally
        {
            metrics.ActiveStreams.Add(-1);
            state.Audio = new AudioUsage(0, 0, input.Seconds);
        }
    }

    private static Task RefuseAsync(HttpContext context, ApiError error)
    {
        if (error.Kind == ErrorTable.UpgradeRequired && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers.Connection = "keep-alive, Upgrade";
        }

        return ErrorWriter.WriteAsync(context, error);
    }

    private static ApiError? Refusal(HttpContext context) =>
        !context.WebSockets.IsWebSocketRequest
            ? new(ErrorTable.UpgradeRequired, $"{TranscriptionApi.Path}/live speaks WebSocket; send a file to {TranscriptionApi.Path} instead.")
        : SubprotocolKeys.OffersOnlyKey(context.Request)
            ? new(ErrorTable.InvalidValue, $"Offer the subprotocol '{SubprotocolKeys.Name}' beside the one with the key: the server must choose one, and never the key.")
        : null;

    private static ApiError? Enter(TranscriptionPlan plan, out PoolTicket<ITranscriber>? ticket) =>
        plan.Model.Engines.TryEnter(out ticket) is { } full ? SpeechErrors.ToApiError(full, "model") : null;

    private ApiError Full() =>
        new(ErrorTable.QueueFull, $"{Limits.MaxLiveSessions} live sessions are open, which is the limit. Try again later.") { RetryAfterSeconds = 5 };
}
