using System.Buffers;
using Microsoft.Extensions.Logging;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Embeddings;

/// <summary>A model in this process: tokenises on the caller's thread and hands the tokens to the loop.</summary>
public sealed class LocalTextEmbedder : ITextEmbedder
{
    private readonly ITokenizer tokenizer;
    private readonly TimeProvider time;
    private readonly EmbeddingLoop loop;

    /// <param name="model">What its vectors are.</param>
    /// <param name="tokenizer">Of the model; not disposed here.</param>
    /// <param name="create">Makes the native side, on the loop's thread, or says why there is none.</param>
    /// <param name="options">Fixed while the embedder lives.</param>
    /// <param name="name">For the thread.</param>
    /// <param name="time">For queue times.</param>
    /// <param name="logger">For what must not happen.</param>
    public LocalTextEmbedder(
        EmbedderDescription model,
        ITokenizer tokenizer,
        Func<(IEmbeddingRunner? Runner, string? Reason)> create,
        EmbedderOptions options,
        string name,
        TimeProvider time,
        ILogger<LocalTextEmbedder> logger)
    {
        Model = model;
        this.tokenizer = tokenizer;
        this.time = time;
        loop = new EmbeddingLoop(create, options, logger, name);
    }

    public EmbedderDescription Model { get; }

    public bool IsHealthy => !loop.IsBroken;

    public async Task<EmbeddingOutcome> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(request.Inputs.Count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.MaxTokens);
        var together = 0L;
        var inputs = new List<int[]>(request.Inputs.Count);
        foreach (var input in request.Inputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (tokens, error) = Tokens(input);
            if (tokens is null) return EmbeddingOutcome.Failed(error!, inputs.Count);
            inputs.Add(tokens);
            together += tokens.Length;
            if (together > request.MaxTokens) return EmbeddingOutcome.Failed(TooMany(inputs.Count, together, request));
        }

        var job = new EmbeddingJob(inputs, Model.Dimensions, time, cancellationToken);
        if (loop.TrySubmit(job) is { } refused) return EmbeddingOutcome.Failed(refused);
        await using var leaving = cancellationToken.UnsafeRegister(static state => ((EmbeddingJob)state!).Cancel(), job);
        return await job.Completion;
    }

    public ValueTask DisposeAsync()
    {
        loop.Stop();
        return new(Task.Run(loop.Dispose));
    }

    private (int[]? Tokens, EngineError? Error) Tokens(Prompt input)
    {
        int[] tokens;
        if (input is TextPrompt text)
        {
            var least = PromptSize.LeastTokensBeyond(Model.MaxInputTokens, text.Text, tokenizer);
            if (least > 0) return (null, TooLong(least, "at least "));
            tokens = Encode(text.Text);
        }
        else
        {
            tokens = [.. ((TokenPrompt)input).Tokens];
            foreach (var token in tokens)
            {
                if ((uint)token >= (uint)tokenizer.VocabularySize) return (null, Invalid(token));
            }
        }

        if (tokens.Length == 0) return (null, new(EngineStage.Prepare, EngineErrorCode.EmptyPrompt, "The input is empty; give at least one character."));
        return tokens.Length > Model.MaxInputTokens ? (null, TooLong(tokens.Length, "")) : (tokens, null);
    }

    /// <summary>With the tokens around it that the model was trained with.</summary>
    private int[] Encode(string text)
    {
        var tokens = new ArrayBufferWriter<int>(256);
        if (tokenizer is { AddsBeginOfText: true, BeginOfText: { } begin }) tokens.Write([begin]);
        if (text.Length > 0) tokenizer.Encode(text, tokens);
        if (tokenizer.AppendedToken is { } end) tokens.Write([end]);
        return tokens.WrittenSpan.ToArray();
    }

    /// <summary>Says what was counted: the inputs behind the one that is too much are not looked at.</summary>
    private static EngineError TooMany(int counted, long tokens, EmbeddingRequest request) => new(
        EngineStage.Prepare,
        EngineErrorCode.ContextLengthExceeded,
        $"The first {counted} of {request.Inputs.Count} inputs have {tokens} tokens together; at most {request.MaxTokens} are allowed in a "
        + "request. Divide it into several.");

    private EngineError Invalid(int token) => new(
        EngineStage.Prepare,
        EngineErrorCode.InvalidToken,
        $"Token {token} is not in the model's vocabulary; ids go from 0 to {tokenizer.VocabularySize - 1}.");

    private EngineError TooLong(int tokens, string howExact) => new(
        EngineStage.Prepare,
        EngineErrorCode.ContextLengthExceeded,
        $"The input has {howExact}{tokens} tokens; this model embeds at most {Model.MaxInputTokens}. Shorten or divide it.");
}
