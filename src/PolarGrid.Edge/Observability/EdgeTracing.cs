using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace PolarGrid.Edge.Observability;

/// <summary>One span per request with model, tokens and time to first token; no prompts, no keys.</summary>
internal static class EdgeTracing
{
    public const string SourceName = "PolarGrid.Edge";

    private static readonly ActivitySource Source = new(SourceName);

    /// <returns>Null when nobody listens.</returns>
    public static Activity? Start(HttpContext context, RequestState state)
    {
        var span = Source.StartActivity("polargrid.request", ActivityKind.Internal);
        span?.SetTag("http.request.method", context.Request.Method).SetTag("polargrid.request_id", state.RequestId);
        return span;
    }

    public static void Describe(Activity? span, HttpContext context, RequestState state)
    {
        if (span is null) return;
        if (context.GetEndpoint() is { DisplayName: { } name }) span.DisplayName = name;
        span.SetTag("http.response.status_code", context.Response.StatusCode)
            .SetTag("polargrid.outcome", state.Outcome.ToString())
            .SetTag("polargrid.key_id", state.Caller?.KeyId)
            .SetTag("gen_ai.request.model", state.Model)
            .SetTag("gen_ai.usage.input_tokens", state.Usage.PromptTokens)
            .SetTag("gen_ai.usage.output_tokens", state.Usage.CompletionTokens)
            .SetTag("polargrid.speech.characters", state.Audio.Characters)
            .SetTag("polargrid.speech.seconds", state.Audio.SpokenSeconds)
            .SetTag("polargrid.transcription.seconds", state.Audio.HeardSeconds)
            .SetTag("polargrid.cached_tokens", state.Usage.CachedTokens)
            .SetTag("polargrid.time_to_first_token_ms", state.TimeToFirstToken?.TotalMilliseconds);
        if (context.Response.StatusCode >= 500 || state.Outcome == RequestOutcome.Broken) span.SetStatus(ActivityStatusCode.Error, state.ErrorCode);
    }
}
