using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Models;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Requests;
using PolarGrid.Edge.Streaming;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Generation;

/// <summary>The steps that both generation endpoints share: read, find the model, submit, send.</summary>
internal sealed class GenerationFlow(
    IModelDirectory models, ModelErrors modelErrors, EdgeOptions options, RequestReader requests, EdgeMetrics metrics, TimeProvider time,
    ILogger<GenerationFlow> logger)
{
    public const string ProfileHeader = "X-PolarGrid-Profile", ModelHeader = "x-polargrid-model";

    /// <summary>Where this edge stands, as answers tell it.</summary>
    public string Region => options.Region;

    public long UnixSeconds => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Fills the draft from the request's body and finds its model; null when an error was sent instead.</summary>
    public async ValueTask<LoadedModel?> PrepareAsync<TDraft>(HttpContext context, ParameterTable<TDraft> table, TDraft draft)
        where TDraft : RequestDraft
    {
        LoadedModel? model = null;
        var error = await requests.ReadAsync(context, table, draft) ?? draft.CheckTogether() ?? FindModel(context, draft, out model);
        if (error is null) return model;
        await ErrorWriter.WriteAsync(context, error);
        return null;
    }

    /// <summary>Hands the prompts to the engine, one request each.</summary>
    /// <param name="model">From <see cref="PrepareAsync"/>, hence one that writes text.</param>
    public GenerationRun Submit(
        HttpContext context,
        LoadedModel model,
        RequestDraft draft,
        IReadOnlyList<Prompt> prompts,
        int? defaultMaxTokens,
        bool echoPrompt = false)
    {
        var state = RequestState.Of(context);
        var sampling = draft.ToSampling(state.Profile);
        var submitted = time.GetTimestamp();
        var streams = new GenerationStream[prompts.Count];
        for (var index = 0; index < streams.Length; index++)
        {
            var request = new GenerationRequest
            {
                Id = prompts.Count == 1 ? state.RequestId : $"{state.RequestId}.{index}",
                Tenant = state.Caller!.KeyId,
                Prompt = prompts[index],
                Sampling = sampling,
                MaxTokens = draft.AskedTokenLimit,
                DefaultMaxTokens = defaultMaxTokens,
                Choices = draft.GeneratedChoices,
                Stop = draft.Stop,
                StopBehind = draft.StopBehind,
                StopUntil = draft.StopUntil,
                StopTokens = draft.StopTokens,
                EchoPrompt = echoPrompt,
                TopLogprobs = draft.Alternatives,
                Grammar = draft.Grammar,
                Thinking = draft.Thinking,
                ShownTokens = draft.ShownTokens,
            };
            streams[index] = model.Engine!.Submit(request, context.RequestAborted);
        }

        return new GenerationRun(streams, draft.GeneratedChoices, draft.PromptField, state, metrics, time, submitted)
        {
            Shape = draft.Shape,
            FormatField = draft.Output?.Field,
        };
    }

    /// <summary>Sends the run's events as they come.</summary>
    public async Task StreamAsync(HttpContext context, GenerationRun run, ChunkFormat format)
    {
        RequestState.Of(context).Streamed = true;
        metrics.ActiveStreams.Add(1);
        try
        {
            await using var events = new EventStream(context, options.Streaming, time);
            var answer = new StreamedAnswer(events, run, format, options.Region);
            await events.RunAsync(answer.SendAsync, logger);
        }
        finally
        {
            metrics.ActiveStreams.Add(-1);
        }
    }

    /// <summary>Waits for the whole answer; null when an error was sent instead.</summary>
    public static async Task<WholeAnswer?> CollectAsync(HttpContext context, GenerationRun run)
    {
        var answer = await WholeAnswer.CollectAsync(run);
        if (answer.Error is not { } error) return answer;

        // Nobody is left to read an answer; the outcome is for log and metrics.
        context.RequestAborted.ThrowIfCancellationRequested();
        await ErrorWriter.WriteAsync(context, EngineErrors.ToApiError(error, run));
        return null;
    }

    /// <summary>Finds the draft's model and checks what depends on it.</summary>
    private ApiError? FindModel(HttpContext context, RequestDraft draft, out LoadedModel? model)
    {
        if (!models.TryFind(draft.Model, out model) || model.Engine is null) return modelErrors.Unfit(ModelTask.TextGeneration, draft.Model);

        RequestState.Of(context).Model = model.Id;
        context.Response.Headers[ModelHeader] = model.Id;
        return ModelRules.Check(draft, model.Description) ?? draft.FitTo(model.Description, RequestState.Of(context).Profile);
    }
}
