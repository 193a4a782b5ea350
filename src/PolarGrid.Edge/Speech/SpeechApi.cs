using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using PolarGrid.Audio;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Generation;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Edge.Speech;

/// <summary><c>POST /v1/audio/speech</c>.</summary>
internal sealed class SpeechApi(
    RequestReader requests, SpeechPlanner planner, EdgeOptions options, EdgeMetrics metrics, AudioMetrics audio, TimeProvider time, ILogger<SpeechApi> logger)
{
    /// <summary>The voice that really speaks.</summary>
    public const string VoiceHeader = "x-polargrid-voice";

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/audio/speech", (RequestDelegate)SpeakAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), new Metered(UsageKind.Speech), EndpointDescriptions.Speech);

    private async Task SpeakAsync(HttpContext context)
    {
        var draft = new SpeechDraft();
        SpeechPlan? plan = null;
        PoolTicket<ISynthesizer>? ticket = null;
        var error = await requests.ReadAsync(context, SpeechParameters.Table, draft) ?? draft.CheckTogether() ?? planner.Plan(draft, out plan);
        if (error is null)
        {
            Announce(context, plan!, draft);
            if (plan!.Model.Engines.TryEnter(out ticket) is { } full) error = SpeechErrors.ToApiError(full, "input");
        }

        if (error is not null)
        {
            await ErrorWriter.WriteAsync(context, error);
            return;
        }

        await SendAsync(context, draft, plan!, ticket!);
    }

    private static void Announce(HttpContext context, SpeechPlan plan, SpeechDraft draft)
    {
        var state = RequestState.Of(context);
        state.Model = plan.Model.Id;
        state.Streamed = draft.Streams;
        context.Response.Headers[GenerationFlow.ModelHeader] = plan.Model.Id;
        context.Response.Headers[VoiceHeader] = plan.Voice.Id;
    }

    private async Task SendAsync(HttpContext context, SpeechDraft draft, SpeechPlan plan, PoolTicket<ISynthesizer> ticket)
    {
        var run = new SpeechRun(plan, ticket, options.Speech, RequestState.Of(context), time, context.RequestAborted);
        if (draft.Streams) metrics.ActiveStreams.Add(1);
        try
        {
            SpeechBody body = draft.SendsEvents ? new EventBody(context) : new AudioBody(context, AudioFormats.MediaType(draft.Format));
            await new SpeechAnswer(context, run, draft, body, options.Streaming, time, logger).SendAsync();
        }
        finally
        {
            if (draft.Streams) metrics.ActiveStreams.Add(-1);
            await run.DisposeAsync();
            Measure(RequestState.Of(context), plan, run);
        }
    }

    /// <summary>Once the engine has let go: what was made is metered even when the caller has gone.</summary>
    private void Measure(RequestState state, SpeechPlan plan, SpeechRun run)
    {
        if (run.ToFirstAudio is not { } first) return;
        var model = new KeyValuePair<string, object?>(EdgeMetrics.ModelTag, plan.Model.Id);
        state.Audio = new AudioUsage(plan.Characters, run.Seconds, 0);
        audio.TimeToFirstAudio.Record(first.TotalSeconds, model);
        if (run.RealTimeFactor is { } factor) audio.SpeechFactor.Record(factor, model);
    }
}
