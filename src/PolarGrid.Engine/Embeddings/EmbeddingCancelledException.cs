namespace PolarGrid.Engine;

/// <summary>The caller of an embedder left.</summary>
/// <param name="tokens">Of the inputs that a pass had taken by then.</param>
/// <param name="cancellationToken">The one that fired.</param>
public sealed class EmbeddingCancelledException(int tokens, CancellationToken cancellationToken)
    : OperationCanceledException("The caller left before all inputs were embedded.", cancellationToken)
{
    public int Tokens { get; } = tokens;
}
