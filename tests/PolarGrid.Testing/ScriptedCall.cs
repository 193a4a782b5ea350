using PolarGrid.Engine;

namespace PolarGrid.Testing;

/// <summary>One request to a <see cref="ScriptedTextEngine"/>.</summary>
public sealed class ScriptedCall(GenerationRequest request)
{
    private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GenerationRequest Request { get; } = request;

    public GenerationStream Stream { get; } = new();

    /// <summary>Completes when the caller's going away reached the engine.</summary>
    public Task Cancelled => cancelled.Task;

    /// <summary>Completes when the script has ended.</summary>
    public Task Playing { get; internal set; } = Task.CompletedTask;

    internal void NoticeCancellation() => cancelled.TrySetResult();
}
