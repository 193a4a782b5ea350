using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Completions;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Generation;
using PolarGrid.Edge.Logprobs;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Streaming;

namespace PolarGrid.Edge.Completions;

/// <summary><c>POST /v1/completions</c>, the older text interface.</summary>
internal sealed class CompletionsApi(GenerationFlow flow)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/completions", (RequestDelegate)CompleteAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), new Metered(UsageKind.Completion), EndpointDescriptions.Completions);

    private async Task CompleteAsync(HttpContext context)
    {
        var draft = new CompletionDraft();
        if (await flow.PrepareAsync(context, CompletionParameters.Table, draft) is not { } model) return;

        var limit = RequestState.Of(context).Profile.CompletionMaxTokens;
        var run = flow.Submit(context, model, draft, draft.ToPrompts(), limit, draft.Echo);
        var answer = new AnswerIdentity(AnswerIdentity.NewId("cmpl-"), flow.UnixSeconds, draft.Model, model.Fingerprint);

        if (draft.Stream) await flow.StreamAsync(context, run, ChunkFormat.ForCompletions(answer, draft.IncludeUsage));
        else if (await GenerationFlow.CollectAsync(context, run) is { } whole) await SendAsync(context, draft, answer, run, whole);
    }

    private Task SendAsync(HttpContext context, CompletionDraft draft, AnswerIdentity answer, GenerationRun run, WholeAnswer whole)
    {
        var body = new TextCompletion
        {
            Id = answer.Id,
            Created = answer.Created,
            Model = answer.Model,
            Choices = [.. BestAnswers.Of(draft, run, whole).Select((source, index) => ChoiceOf(draft, whole, source, index))],
            Usage = WireUsage.Of(run.Usage),
            SystemFingerprint = answer.Fingerprint,
            PgMetadata = run.Describe(flow.Region, streamed: false),
        };
        return JsonBody.WriteAsync(context, body, WireJson.Wire.TextCompletion);
    }

    private static TextChoice ChoiceOf(CompletionDraft draft, WholeAnswer whole, int source, int index) => new()
    {
        Index = index,
        Text = whole.Text(source),
        Logprobs = draft.Logprobs is null ? null : TextLogprobWriter.Write(whole.Logprobs(source)),
        FinishReason = whole.FinishReason(source),
    };
}
