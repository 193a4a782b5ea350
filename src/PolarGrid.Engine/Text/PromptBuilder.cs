using System.Buffers;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Templates;
using PolarGrid.Engine.Tools;

namespace PolarGrid.Engine.Text;

/// <summary>From what a caller sent to token ids: template, control tokens, length. Runs on request threads; thread-safe.</summary>
internal sealed class PromptBuilder(ModelDescription model, ITokenizer tokenizer, ChatTemplate? template, TimeProvider time, ChatTemplate? toolTemplate = null)
{
    private readonly PromptTokenizer prompts = new(tokenizer);
    private readonly TemplateTraits? toolTraits = toolTemplate is null ? null : TemplateReader.Read(toolTemplate);

    /// <summary>The prompt's tokens and whether they end inside a thinking block, or why there are none.</summary>
    public (int[]? Tokens, bool OpensInThinking, EngineError? Error) Build(GenerationRequest request) => request.Prompt switch
    {
        ChatPrompt chat => BuildChat(chat),
        TextPrompt text => BuildText(text.Text),
        InfillPrompt gap => BuildInfill(gap),
        TokenPrompt ids => BuildTokens(ids.Tokens),
        _ => throw new ArgumentException($"Unknown kind of prompt: {request.Prompt.GetType().Name}.", nameof(request)),
    };

    /// <summary>What ends thinking in an answer, as a template would write it.</summary>
    public ThinkingEndTokens EndsOf(ReasoningMarkers markers) => new(Trusted("\n" + markers.Close), Trusted(markers.Close));

    private int[] Trusted(string text)
    {
        var tokens = new ArrayBufferWriter<int>(8);
        prompts.Encode(new RenderedPrompt(text, [new TextRange(0, text.Length)]), tokens);
        return tokens.WrittenSpan.ToArray();
    }

    private (int[]?, bool, EngineError?) BuildChat(ChatPrompt chat)
    {
        if (template is null)
        {
            return (null, false, new EngineError(
                EngineStage.Prepare,
                EngineErrorCode.NoChatTemplate,
                $"Model '{model.Id}' has no chat template. Use /v1/completions with a prompt, or a model file that carries a template."));
        }

        var withTools = chat.Tools is not null && toolTemplate is not null;
        var traits = withTools ? toolTraits! : model.Template;
        var rendered = (withTools ? toolTemplate! : template).Render(TemplateVariables.For(ToolConversation.Adapt(chat, traits), tokenizer, traits, time), TemplateLimits.Default, time);
        if (!rendered.Succeeded)
        {
            return (null, false, new EngineError(
                EngineStage.Prepare, EngineErrorCode.TemplateFailed, $"The model's chat template refused the conversation: {rendered.Error}"));
        }

        var prompt = ThinkingEnd.Apply(rendered.Value, traits.Reasoning, chat.ClosesThinking, out var opensInThinking);
        if (TooLong(prompt.Text) is { } error) return (null, false, error);
        var tokens = new ArrayBufferWriter<int>(256);
        prompts.Encode(prompt, tokens);

        // Many templates write the begin token themselves; the model must see it once.
        var begun = tokens.WrittenCount > 0 && tokens.WrittenSpan[0] == tokenizer.BeginOfText;
        return (WithBegin(tokens.WrittenSpan, begun), opensInThinking, null);
    }

    private (int[]?, bool, EngineError?) BuildText(string text)
    {
        if (TooLong(text) is { } error) return (null, false, error);
        var tokens = new ArrayBufferWriter<int>(256);
        if (text.Length > 0) tokenizer.Encode(text, tokens);
        return NotEmpty(WithBegin(tokens.WrittenSpan, already: false));
    }

    private (int[]?, bool, EngineError?) BuildInfill(InfillPrompt gap)
    {
        if (tokenizer.Infill is not { } marks)
        {
            return (null, false, new EngineError(
                EngineStage.Prepare, EngineErrorCode.NoInfill, $"Model '{model.Id}' has no tokens to fill in the middle with."));
        }

        if ((TooLong(gap.Text) ?? TooLong(gap.Suffix)) is { } error) return (null, false, error);
        var tokens = new ArrayBufferWriter<int>(256);
        tokens.Write([marks.Prefix]);
        if (gap.Text.Length > 0) tokenizer.Encode(gap.Text, tokens);
        tokens.Write([marks.Suffix]);
        if (gap.Suffix.Length > 0) tokenizer.Encode(gap.Suffix, tokens);
        tokens.Write([marks.Middle]);
        return (WithBegin(tokens.WrittenSpan, already: false), false, null);
    }

    private (int[]?, bool, EngineError?) BuildTokens(IReadOnlyList<int> ids)
    {
        foreach (var id in ids)
        {
            if (id < 0 || id >= tokenizer.VocabularySize)
            {
                return (null, false, new EngineError(
                    EngineStage.Prepare,
                    EngineErrorCode.InvalidToken,
                    $"Token {id} is not in the model's vocabulary; ids go from 0 to {tokenizer.VocabularySize - 1}."));
            }
        }

        return NotEmpty([.. ids]);
    }

    private int[] WithBegin(ReadOnlySpan<int> tokens, bool already) =>
        tokenizer is { AddsBeginOfText: true, BeginOfText: { } begin } && !already ? [begin, .. tokens] : tokens.ToArray();

    private static (int[]?, bool, EngineError?) NotEmpty(int[] tokens) => tokens.Length > 0
        ? (tokens, false, null)
        : (null, false, new EngineError(EngineStage.Prepare, EngineErrorCode.EmptyPrompt, "The prompt is empty; give at least one character."));

    private EngineError? TooLong(string text)
    {
        var least = PromptSize.LeastTokensBeyond(model.ContextTokens, text, tokenizer);
        return least == 0 ? null : ContextCheck.PromptTooLong(model.ContextTokens, least, atLeast: true);
    }
}
