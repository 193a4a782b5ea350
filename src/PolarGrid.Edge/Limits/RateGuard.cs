using System.Globalization;
using Microsoft.AspNetCore.Http;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Observability;

namespace PolarGrid.Edge.Limits;

/// <summary>
/// Holds each key to its requests per minute. Runs after the key is known and before anything of the body is read. Only
/// <see cref="Metered"/> endpoints count, a live session as one request; a request that is malformed counts, one that is refused here does
/// not. Every answer to a limited key says how it stands when the answer begins.
/// </summary>
internal sealed class RateGuard(RequestDelegate next, EdgeLimits limits, RequestWindows windows, EdgeMetrics metrics)
{
    public const string LimitHeader = "x-ratelimit-limit-requests",
        RemainingHeader = "x-ratelimit-remaining-requests",
        ResetHeader = "x-ratelimit-reset-requests";

    public Task InvokeAsync(HttpContext context)
    {
        var state = RequestState.Of(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<Metered>() is not { } metered || state.Caller is not { } caller) return next(context);
        var limit = caller.RequestsPerMinute ?? limits.RequestsPerMinute;
        state.Counted = metered.Kind;
        if (limit == RequestRate.Unlimited) return next(context);

        // On starting, not now: an error that replaces a half-made response clears its headers.
        context.Response.OnStarting(
            static argument =>
            {
                var (response, windows, keyId, limit) = ((HttpResponse, RequestWindows, string, int))argument;
                Tell(response, windows.Look(keyId, limit));
                return Task.CompletedTask;
            },
            (context.Response, windows, caller.KeyId, limit));
        if (windows.TryTake(caller.KeyId, limit)) return next(context);
        state.Counted = null;
        return RefuseAsync(context, caller, limit);
    }

    private Task RefuseAsync(HttpContext context, Caller caller, int limit)
    {
        metrics.RateLimited.Add(1);
        var seconds = windows.Look(caller.KeyId, limit).RetryAfterSeconds;
        var requests = limit == 1 ? "request" : "requests";
        return ErrorWriter.WriteAsync(context, new(
            ErrorTable.RateLimited, $"Rate limit exceeded: this key may send {limit} {requests} a minute. The next minute begins in {seconds} s.")
        {
            RetryAfterSeconds = seconds,
        });
    }

    private static void Tell(HttpResponse response, RequestStanding standing)
    {
        response.Headers[LimitHeader] = standing.Limit.ToString(CultureInfo.InvariantCulture);
        response.Headers[RemainingHeader] = standing.Remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers[ResetHeader] = standing.Reset;
    }
}
