using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Chat;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Chat.Tools;
using PolarGrid.Edge.Generation;
using PolarGrid.Edge.Logprobs;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Streaming;

namespace PolarGrid.Edge.Chat;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal sealed class ChatApi(GenerationFlow flow)
{
    private readonly ToolGrammars grammars = new();

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/chat/completions", (RequestDelegate)CompleteAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), new Metered(UsageKind.Chat), EndpointDescriptions.Chat);

    private async Task CompleteAsync(HttpContext context)
    {
        var draft = new ChatDraft(grammars);
        if (await flow.PrepareAsync(context, ChatParameters.Table, draft) is not { } model) return;

        var limit = RequestState.Of(context).Profile.ChatMaxTokens;
        var run = flow.Submit(context, model, draft, [draft.ToPrompt()], limit);
        var answer = new AnswerIdentity(
            AnswerIdentity.NewId("chatcmpl-"), flow.UnixSeconds, draft.Model, model.Fingerprint, draft.NamesServiceTier ? "default" : null);

        if (draft.Stream) await flow.StreamAsync(context, run, ChunkFormat.ForChat(answer, draft.IncludeUsage));
        else if (await GenerationFlow.CollectAsync(context, run) is { } whole) await SendAsync(context, draft, answer, run, whole);
    }

    private Task SendAsync(HttpContext context, ChatDraft draft, AnswerIdentity answer, GenerationRun run, WholeAnswer whole)
    {
        var body = new ChatCompletion
        {
            Id = answer.Id,
            Created = answer.Created,
            Model = answer.Model,
            Choices = [.. Enumerable.Range(0, whole.Choices).Select(index => ChoiceOf(draft, whole, index))],
            Usage = WireUsage.Of(run.Usage, run.ReasoningTokens),
            SystemFingerprint = answer.Fingerprint,
            ServiceTier = answer.ServiceTier,
            Metadata = draft.Metadata,
            PgMetadata = run.Describe(flow.Region, streamed: false),
        };
        return JsonBody.WriteAsync(context, body, WireJson.Wire.ChatCompletion);
    }

    private static ChatChoice ChoiceOf(ChatDraft draft, WholeAnswer whole, int index) => new()
    {
        Index = index,
        Message = MessageOf(draft, whole[index]),
        Logprobs = draft.Logprobs ? ChatLogprobWriter.Write(whole.Logprobs(index)) : null,
        FinishReason = whole.FinishReason(index),
    };

    private static ChatAnswer MessageOf(ChatDraft draft, ChoiceRecord choice)
    {
        var called = choice.Calls.Count > 0;
        var functions = choice.Calls.Select(call => new FunctionCall { Name = call.Name, Arguments = call.Arguments });
        return new ChatAnswer
        {
            Content = called && choice.Text.Length == 0 ? null : choice.Text,
            ReasoningContent = choice.Thinking,
            ToolCalls = called && !draft.AnswersAsFunctionCall
                ? [.. functions.Select(function => new ChatToolCall { Id = AnswerIdentity.NewId("call_"), Function = function })]
                : null,
            FunctionCall = draft.AnswersAsFunctionCall ? functions.FirstOrDefault() : null,
        };
    }
}
