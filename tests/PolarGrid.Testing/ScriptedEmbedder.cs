using System.Collections.Concurrent;
using PolarGrid.Engine;

namespace PolarGrid.Testing;

/// <summary>An embedder without a model: the vector of an input tells its place in the request.</summary>
public sealed class ScriptedEmbedder : ITextEmbedder
{
    private readonly ConcurrentQueue<EmbeddingRequest> requests = new();

    public EmbedderDescription Model { get; } = new(2, 100, "mean");

    public bool IsHealthy { get; set; } = true;

    /// <summary>Every request so far, oldest first.</summary>
    public IReadOnlyList<EmbeddingRequest> Requests => [.. requests];

    /// <summary>Chooses what a request gets; by default a vector of its own for each input.</summary>
    public Func<EmbeddingRequest, EmbeddingOutcome> Script { get; set; } = request => new EmbeddingOutcome
    {
        Vectors = [.. request.Inputs.Select((_, index) => new[] { index + 0.5f, -1f })], Tokens = 3 * request.Inputs.Count,
    };

    /// <summary>Where set, a request waits until its caller leaves, and tells then that it used so many tokens.</summary>
    public int? TokensWhenLeft { get; set; }

    public async Task<EmbeddingOutcome> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        requests.Enqueue(request);
        if (TokensWhenLeft is not { } tokens) return Script(request);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var leaving = cancellationToken.UnsafeRegister(static source => ((TaskCompletionSource)source!).SetResult(), left);
        await left.Task;
        throw new EmbeddingCancelledException(tokens, cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
