using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using PolarGrid.Contracts;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Requests;
using PolarGrid.Edge.Streaming;
using PolarGrid.Edge.Transcription.Answers;
using PolarGrid.Edge.Transcription.Forms;
using PolarGrid.Edge.Transcription.Jobs;
using PolarGrid.Edge.Transcription.Listening;

namespace PolarGrid.Edge.Transcription;

/// <summary><c>/v1/audio/transcriptions</c> and <c>/v1/audio/translations</c>.</summary>
internal sealed class TranscriptionApi(
    TranscriptionFlow flow,
    AudioReader audio,
    TranscriptionJobs jobs,
    AudioMetrics metrics,
    EdgeMetrics edge,
    EdgeOptions options,
    TimeProvider time,
    ILogger<TranscriptionApi> logger)
{
    public const string Path = "/v1/audio/transcriptions";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, (RequestDelegate)TranscribeAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), new Metered(UsageKind.Transcription), EndpointDescriptions.Transcription);
        routes.MapGet(Path, (RequestDelegate)PollAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), EndpointDescriptions.TranscriptionJob);
        routes.MapPost("/v1/audio/translations", (RequestDelegate)TranslateAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), new Metered(UsageKind.Translation), EndpointDescriptions.Translation);
    }

    private Task TranscribeAsync(HttpContext context) => AnswerAsync(context, TranscriptionParameters.Transcriptions, translate: false);

    private Task TranslateAsync(HttpContext context) => AnswerAsync(context, TranscriptionParameters.Translations, translate: true);

    private Task PollAsync(HttpContext context)
    {
        var id = context.Request.Query["job_id"].ToString();
        if (id.Length == 0)
        {
            return ErrorWriter.WriteAsync(context, new(ErrorTable.Missing, "'job_id' is required: the id that a request with 'async' was answered with.", "job_id"));
        }

        return jobs.Find(RequestState.Of(context).Caller!.KeyId, id) is { } job
            ? JsonBody.WriteAsync(context, job, WireJson.Wire.TranscriptionJob)
            : ErrorWriter.WriteAsync(context, new(
                ErrorTable.NotFound,
                $"There is no job '{FieldReader.Quote(id)}' of this key. Finished jobs are kept for {options.Transcription.JobKeptSeconds} seconds.",
                "job_id"));
    }

    private async Task AnswerAsync(HttpContext context, ParameterTable<TranscriptionDraft> table, bool translate)
    {
        var (prepared, error) = await flow.ReadFormAsync(context, table, translate);
        if (prepared is null)
        {
            await ErrorWriter.WriteAsync(context, error!);
        }
        else if (prepared.Draft.Async)
        {
            await SubmitAsync(context, prepared);
        }
        else
        {
            using (prepared.File) await HearAsync(context, prepared);
        }
    }

    private async Task SubmitAsync(HttpContext context, PreparedTranscription prepared)
    {
        var (job, error) = jobs.Submit(RequestState.Of(context).Caller!.KeyId, prepared.Plan, prepared.File);
        if (job is null)
        {
            await ErrorWriter.WriteAsync(context, error!);
            return;
        }

        // The job is counted when it ends.
        RequestState.Of(context).Counted = null;
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await JsonBody.WriteAsync(context, job, WireJson.Wire.TranscriptionJob);
    }

    private async Task HearAsync(HttpContext context, PreparedTranscription prepared)
    {
        var plan = prepared.Plan;
        if (plan.Model.Engines.TryEnter(out var ticket) is { } full)
        {
            await ErrorWriter.WriteAsync(context, SpeechErrors.ToApiError(full, "file"));
            return;
        }

        using (ticket)
        {
            var run = new TranscriptionRun(plan, ticket!, metrics, time);
            try
            {
                if (prepared.Draft.Stream) await StreamAsync(context, prepared.File, run);
                else await WholeAsync(context, prepared.File, run);
            }
            finally
            {
                RequestState.Of(context).Audio = run.Usage;
            }
        }
    }

    private async Task WholeAsync(HttpContext context, UploadedFile file, TranscriptionRun run)
    {
        var (seconds, error) = await ListenAsync(file, run, null, context.RequestAborted);
        if (error is not null)
        {
            await ErrorWriter.WriteAsync(context, error);
            return;
        }

        // It leaves in one piece, headers and all, when the request has been counted.
        var body = TranscriptWriter.Write(run.Plan, run.Heard, seconds);
        context.RequestAborted.ThrowIfCancellationRequested();
        context.Response.ContentType = TranscriptWriter.MediaType(run.Plan.Format);
        context.Response.ContentLength = body.Length;
        context.Response.BodyWriter.Write(body);
        RequestState.Of(context).ToldToEnd = true;
    }

    private async Task StreamAsync(HttpContext context, UploadedFile file, TranscriptionRun run)
    {
        RequestState.Of(context).Streamed = true;
        edge.ActiveStreams.Add(1);
        try
        {
            await using var events = new EventStream(context, options.Streaming, time);
            var transcript = new StreamedTranscript(events);
            await events.RunAsync(
                async () =>
                {
                    var (seconds, error) = await ListenAsync(file, run, transcript.DeltaAsync, context.RequestAborted);
                    if (error is null) await transcript.DoneAsync(run.Heard.Text, seconds);
                    else await events.FailAsync(error);
                },
                logger);
        }
        finally
        {
            edge.ActiveStreams.Add(-1);
        }
    }

    /// <summary>Decodes and hears; the file's memory is free from the moment that it is decoded.</summary>
    private async Task<(double Seconds, ApiError? Error)> ListenAsync(UploadedFile file, TranscriptionRun run, Func<string, Task>? tell, CancellationToken cancellationToken)
    {
        var (recording, error) = await audio.ReadAsync(file, run.Plan.Model.Description, run.Plan.Detection, cancellationToken);
        file.Dispose();
        if (recording is null) return (0, error);
        using (recording)
        {
            var failed = await run.HearAsync(recording, tell, cancellationToken);
            return (recording.Seconds, failed is null ? null : SpeechErrors.ToApiError(failed, "file"));
        }
    }
}
