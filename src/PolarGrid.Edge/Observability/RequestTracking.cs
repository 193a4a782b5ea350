using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Generation;
using PolarGrid.Edge.Streaming;

namespace PolarGrid.Edge.Observability;

/// <summary>Outermost: gives every request its id and headers, and turns what happened into one log line, metrics, a span and a record of usage.</summary>
internal sealed class RequestTracking(
    RequestDelegate next,
    EdgeOptions options,
    EdgeMetrics metrics,
    AudioMetrics audio,
    IUsageSink usage,
    TimeProvider time,
    ILogger<RequestTracking> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var state = Begin(context);
        using var span = EdgeTracing.Start(context, state);
        try
        {
            await next(context);
        }
        finally
        {
            End(context, state);
            EdgeTracing.Describe(span, context, state);
            if (state.Counted is { } kind) await CountAsync(context, RecordOf(context, state, kind));
        }
    }

    private RequestState Begin(HttpContext context)
    {
        var asked = context.Request.Headers[GenerationFlow.ProfileHeader].ToString();
        var state = new RequestState
        {
            RequestId = AnswerIdentity.NewId("req_"),
            Started = time.GetTimestamp(),
            Profile = (asked.Length == 0 ? null : ApiProfile.Find(asked)) ?? options.Profile,
        };
        context.Features.Set(state);

        // On starting, not now: an error that replaces a half-made response clears its headers.
        context.Response.OnStarting(
            static argument =>
            {
                var (response, state, time) = ((HttpResponse, RequestState, TimeProvider))argument;
                var elapsed = time.GetElapsedTime(state.Started).TotalMilliseconds;
                response.Headers["x-request-id"] = state.RequestId;
                response.Headers["openai-processing-ms"] = ((long)elapsed).ToString(CultureInfo.InvariantCulture);
                response.Headers["openai-version"] = "2020-10-01";
                response.Headers.XContentTypeOptions = "nosniff";
                return Task.CompletedTask;
            },
            (context.Response, state, time));
        return state;
    }

    private void End(HttpContext context, RequestState state)
    {
        if (context.RequestAborted.IsCancellationRequested) state.Leave();

        var route = RouteOf(context);
        var elapsed = time.GetElapsedTime(state.Started);
        Measure(context, state, route, elapsed);
        EdgeLog.Answered(
            logger,
            state.RequestId,
            context.Request.Method,
            route,
            context.Response.StatusCode,
            state.Outcome,
            state.ErrorCode,
            state.Caller?.KeyId,
            state.Model,
            state.Streamed,
            state.Usage.PromptTokens,
            state.Usage.CachedTokens,
            state.Usage.CompletionTokens,
            state.Audio.Characters,
            state.Audio.SpokenSeconds,
            state.Audio.HeardSeconds,
            state.TimeToFirstToken?.TotalMilliseconds,
            elapsed.TotalMilliseconds);
    }

    /// <summary>Waits behind the answer: where the ledger has no room, its last bytes go out first.</summary>
    private async Task CountAsync(HttpContext context, UsageRecord record)
    {
        var adding = usage.AddAsync(record);
        if (!adding.IsCompleted && !context.WebSockets.IsWebSocketRequest && !context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.CompleteAsync();
        }

        await adding;
    }

    private void Measure(HttpContext context, RequestState state, string route, TimeSpan elapsed)
    {
        var model = new KeyValuePair<string, object?>(EdgeMetrics.ModelTag, state.Model ?? "");
        var routeTag = new KeyValuePair<string, object?>(EdgeMetrics.RouteTag, route);
        metrics.Requests.Add(1, routeTag, model, new(EdgeMetrics.StatusTag, context.Response.StatusCode));
        metrics.Duration.Record(elapsed.TotalSeconds, routeTag, model);
        if (state.ErrorCode is { } code) metrics.Errors.Add(1, new KeyValuePair<string, object?>(EdgeMetrics.CodeTag, code));
        if (state.Outcome == RequestOutcome.Disconnected) metrics.Disconnects.Add(1, model);
        audio.Count(state.Audio, model);
        if (state.Usage is not { PromptTokens: > 0 } usage) return;
        metrics.PromptTokens.Add(usage.PromptTokens, model);
        metrics.CachedTokens.Add(usage.CachedTokens, model);
        metrics.CompletionTokens.Add(usage.CompletionTokens, model);
    }

    private UsageRecord RecordOf(HttpContext context, RequestState state, UsageKind kind) => new(state.RequestId, state.Caller!.KeyId, kind, time.GetUtcNow())
    {
        Model = state.Model,
        Status = context.Response.StatusCode,
        Outcome = state.Outcome == RequestOutcome.Disconnected ? UsageOutcome.Cancelled
            : state.Outcome == RequestOutcome.Broken || context.Response.StatusCode >= 400 ? UsageOutcome.Failed
            : UsageOutcome.Answered,
        PromptTokens = state.Usage.PromptTokens,
        CachedTokens = state.Usage.CachedTokens,
        CompletionTokens = state.Usage.CompletionTokens,
        ReasoningTokens = state.ReasoningTokens,
        Characters = state.Audio.Characters,
        SpokenSeconds = state.Audio.SpokenSeconds,
        HeardSeconds = state.Audio.HeardSeconds,
    };

    /// <summary>The route's pattern, never the path: that is the caller's text.</summary>
    private static string RouteOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } ? pattern : "unmatched";
}
