using PolarGrid.Engine.Scheduling;

namespace PolarGrid.Engine.Running;

/// <summary>Ends choices and requests, well or badly: slots, samplers, counts and the terminal event. Loop thread only.</summary>
internal sealed class AnswerEnds(BatchScheduler scheduler, WaitingRoom room, EngineMetrics metrics)
{
    /// <summary>Ends one choice well; with the last one ends the request.</summary>
    public void Finish(Sequence sequence)
    {
        scheduler.Finish(sequence);
        Release(sequence);
        if (!sequence.Group.IsFinished) return;
        metrics.RecordEnd(sequence.Group.Stream.Usage.CompletionTokens);
        sequence.Group.Stream.Complete();
    }

    /// <summary>Ends a request badly, all of its choices.</summary>
    /// <param name="keep">Whether what they computed can be trusted and stays cached.</param>
    public void Fail(SequenceGroup group, EngineError error, bool keep)
    {
        foreach (var choice in group.Choices)
        {
            if (keep) scheduler.Finish(choice);
            else scheduler.Discard(choice);
            Release(choice);
        }

        room.Leave(group);
        metrics.RecordEnd(group.Stream.Usage.CompletionTokens);
        group.Stream.Fail(error);
    }

    public static EngineStage StageOf(Sequence sequence) => sequence.State switch
    {
        SequenceState.Waiting => EngineStage.Queue,
        SequenceState.Prefill => EngineStage.Prefill,
        _ => EngineStage.Decode,
    };

    private static void Release(Sequence sequence)
    {
        sequence.Sampler?.Dispose();
        sequence.Sampler = null;
    }
}
