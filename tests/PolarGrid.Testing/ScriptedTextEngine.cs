using System.Collections.Concurrent;
using System.Text;
using PolarGrid.Engine;

namespace PolarGrid.Testing;

/// <summary>
/// An engine without a model: each request plays the steps that the test wrote. Failures, pauses and cancellation behave as the
/// real engine promises.
/// </summary>
public sealed class ScriptedTextEngine : ITextEngine
{
    private const int LookMilliseconds = 5;

    private readonly ConcurrentQueue<ScriptedCall> calls = new();

    public ScriptedTextEngine(string id = "test-model") => Model = new ModelDescription
    {
        Id = id,
        Architecture = "script",
        Quantisation = "F32",
        Parameters = 1_000_000,
        ContextTokens = 512,
        KvTokens = 4096,
        MemoryBytes = 1 << 20,
        VocabularySize = 1000,
        MaxChoices = 8,
        HasChatTemplate = true,
        Created = 1_790_000_000,
    };

    public ModelDescription Model { get; init; }

    public EngineStatus Status { get; set; } = new(true, 0, 0, 0, 0, 4096);

    /// <summary>Chooses what a request gets; by default a greeting in three pieces.</summary>
    public Func<GenerationRequest, IEnumerable<ScriptStep>> Script { get; set; } = request => Steps.Answer(request, "Hello", " ", "world");

    /// <summary>Every request so far, oldest first.</summary>
    public IReadOnlyList<ScriptedCall> Calls => [.. calls];

    public ScriptedCall LastCall => calls.Last();

    public GenerationStream Submit(GenerationRequest request, CancellationToken cancellationToken)
    {
        var call = new ScriptedCall(request);
        calls.Enqueue(call);
        call.Playing = PlayAsync(call, [.. Script(request)], cancellationToken);
        return call.Stream;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task PlayAsync(ScriptedCall call, ScriptStep[] steps, CancellationToken cancellationToken)
    {
        using var onCancel = cancellationToken.UnsafeRegister(static played => ((ScriptedCall)played!).NoticeCancellation(), call);
        foreach (var step in steps)
        {
            if (step is ScriptStep.Wait { Until: var until }) await WaitAsync(call, until);
            if (call.Cancelled.IsCompleted || call.Stream.IsCancelled)
            {
                call.NoticeCancellation();
                call.Stream.Fail(new EngineError(EngineStage.Decode, EngineErrorCode.Cancelled, "The caller went away."));
                return;
            }

            Play(call.Stream, step);
        }
    }

    /// <summary>A real engine looks at its streams in every step; this one does so every few milliseconds.</summary>
    private static async Task WaitAsync(ScriptedCall call, Task until)
    {
        while (!until.IsCompleted && !call.Cancelled.IsCompleted && !call.Stream.IsCancelled)
        {
            await Task.WhenAny(until, call.Cancelled, Task.Delay(LookMilliseconds));
        }
    }

    private static void Play(GenerationStream stream, ScriptStep step)
    {
        switch (step)
        {
            case ScriptStep.Start start:
                stream.Start(start.PromptTokens, start.CachedTokens, start.QueueTime);
                break;
            case ScriptStep.Say say:
                stream.Write(say.Choice, Encoding.UTF8.GetBytes(say.Text), say.Tokens, say.Logprobs);
                break;
            case ScriptStep.Finish finish:
                stream.Finish(finish.Choice, finish.Reason, finish.Tokens);
                break;
            case ScriptStep.Complete:
                stream.Complete();
                return;
            case ScriptStep.Fail fail:
                stream.Fail(fail.Error);
                return;
            default:
                return;
        }

        if (!step.JoinsNext) stream.Publish();
    }
}
