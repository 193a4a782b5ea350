using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Errors;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Observability;

/// <summary>What is known about one request while it runs; log line, metrics and span are made from it at the end.</summary>
internal sealed class RequestState
{
    public required string RequestId { get; init; }

    /// <summary>Of the <see cref="TimeProvider"/>.</summary>
    public required long Started { get; init; }

    public required ApiProfile Profile { get; set; }

    public Caller? Caller { get; set; }

    /// <summary>The model that really answers.</summary>
    public string? Model { get; set; }

    public bool Streamed { get; set; }

    public RequestOutcome Outcome { get; set; }

    public string? ErrorCode { get; set; }

    /// <summary>What the request is counted as; null where it is not, or where something else counts it.</summary>
    public UsageKind? Counted { get; set; }

    public GenerationUsage Usage { get; set; }

    /// <summary>Generated tokens that were thinking.</summary>
    public int ReasoningTokens { get; set; }

    /// <summary>Speech in and out.</summary>
    public AudioUsage Audio { get; set; }

    /// <summary>From the request's start to the first generated text.</summary>
    public TimeSpan? TimeToFirstToken { get; set; }

    /// <summary>Everything has gone out that the caller was to get, an error's body included: who closes then has not left.</summary>
    public bool ToldToEnd { get; set; }

    /// <summary>The caller went away; no news where the answer was told to its end, or had broken before.</summary>
    public void Leave()
    {
        if (Outcome == RequestOutcome.Answered && !ToldToEnd) Outcome = RequestOutcome.Disconnected;
    }

    /// <summary>A stream ended with an error after its status had gone out.</summary>
    public void Break(ApiError error) => Break(error.Kind.Name);

    /// <inheritdoc cref="Break(ApiError)"/>
    /// <param name="errorCode">For logs, metrics and spans.</param>
    public void Break(string errorCode) => (Outcome, ErrorCode) = (RequestOutcome.Broken, errorCode);

    /// <summary>Set by the first middleware on every request.</summary>
    public static RequestState Of(HttpContext context) => context.Features.GetRequiredFeature<RequestState>();
}

/// <summary>How a request ended, beside its status.</summary>
internal enum RequestOutcome
{
    /// <summary>As its status says.</summary>
    Answered,

    /// <summary>The caller went away first.</summary>
    Disconnected,

    /// <summary>A stream broke after its status had gone out.</summary>
    Broken,
}
