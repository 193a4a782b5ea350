namespace PolarGrid.Engine;

/// <summary>Turns texts into vectors with one loaded model. Everything that crosses it is data that can be serialised.</summary>
/// <remarks>All members are safe to call from any thread. Whoever created it disposes it.</remarks>
public interface ITextEmbedder : IAsyncDisposable
{
    EmbedderDescription Model { get; }

    /// <summary>False once it has broken and will embed nothing more.</summary>
    bool IsHealthy => true;

    /// <summary>Computes one vector per input; waits its turn. Expected failures are in the outcome.</summary>
    /// <exception cref="EmbeddingCancelledException">The token fired; inputs not computed yet never are.</exception>
    /// <exception cref="OperationCanceledException">The token fired before anything was computed.</exception>
    Task<EmbeddingOutcome> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken);
}

/// <summary>What a model's vectors are.</summary>
/// <param name="Dimensions">Numbers of a vector.</param>
/// <param name="MaxInputTokens">Most tokens of one input.</param>
/// <param name="Pooling">How the tokens' states become one vector: mean, cls or last.</param>
public sealed record EmbedderDescription(int Dimensions, int MaxInputTokens, string Pooling);

/// <summary>Texts or token lists to be embedded.</summary>
public sealed record EmbeddingRequest
{
    /// <summary>Appears in logs beside timings, never beside text.</summary>
    public required string Id { get; init; }

    /// <summary>1 or more, each a <see cref="TextPrompt"/> or a <see cref="TokenPrompt"/>.</summary>
    public required IReadOnlyList<Prompt> Inputs { get; init; }

    /// <summary>Most tokens of all inputs together, 1 or more; beyond it <see cref="EngineErrorCode.ContextLengthExceeded"/>.</summary>
    public int MaxTokens { get; init; } = int.MaxValue;
}

/// <summary>The vectors of a request, or why there are none.</summary>
public sealed record EmbeddingOutcome
{
    /// <summary>In the order of the inputs, each of length 1; empty beside an error.</summary>
    public IReadOnlyList<float[]> Vectors { get; init; } = [];

    /// <summary>Of all inputs together; beside an error of those that a pass has taken.</summary>
    public int Tokens { get; init; }

    /// <summary>From submission to the first pass with one of the inputs.</summary>
    public TimeSpan QueueTime { get; init; }

    public EngineError? Error { get; init; }

    /// <summary>The input at fault, where a single one is.</summary>
    public int? FailedInput { get; init; }

    public static EmbeddingOutcome Failed(EngineError error, int? input = null) => new() { Error = error, FailedInput = input };
}
