using System.Runtime.InteropServices;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Running;

/// <summary>
/// Draws tokens from the logits of a step and writes them to their streams: one for each sequence, and one more for each foretold token
/// that came. Loop thread only.
/// </summary>
internal sealed class TokenDraw(
    IModelRunner runner, BatchScheduler scheduler, AnswerEnds ends, ITokenizer tokenizer, int contextTokens, EngineMetrics metrics, TimeProvider time)
{
    private readonly TokenWriter writer = new(tokenizer, contextTokens);
    private readonly RankedToken[] ranked = new RankedToken[Math.Min(GenerationRequest.MostTopLogprobs, tokenizer.VocabularySize)];
    private readonly List<Sequence> forked = [];
    private readonly List<GenerationStream> touched = [];

    /// <summary>Scores prompts, draws all tokens of a step that was computed, and only then wakes readers.</summary>
    public void Take(BatchPlan plan)
    {
        foreach (var (sequence, entry) in plan.Scores) ScorePrompt(sequence, entry);
        foreach (var output in plan.Outputs) TakeTokens(output);
        foreach (var stream in touched) stream.Publish();
        touched.Clear();
    }

    private void ScorePrompt(Sequence sequence, int entry)
    {
        var scores = sequence.Group.PromptLogprobs!;
        scores.Add(runner.ReadLogprobs(entry, sequence.Tokens[scores.Scored], scores.NextTop));
    }

    private void TakeTokens(PlannedOutput output)
    {
        var (sequence, entry, drafted) = output;

        // Choices that waited for this prompt draw from the same logits, before the sequence itself can end and lose its slot.
        if (sequence.Group.Unforked.Count > 0)
        {
            scheduler.Fork(sequence, forked);
            foreach (var sibling in forked) SampleAndWrite(sibling, entry);
        }

        SampleAndWrite(sequence, entry);
        if (drafted == 0) return;

        // A foretold token that was drawn is computed already, so its logits give the next one; what stands behind another one is wrong.
        var accepted = 0;
        while (accepted < drafted && sequence.State != SequenceState.Finished && sequence.Tokens[^1] == sequence.Draft[accepted])
        {
            BatchScheduler.Accept(sequence);
            SampleAndWrite(sequence, entry + ++accepted);
        }

        scheduler.DropRejected(sequence);
        metrics.RecordDraft(drafted, accepted);
    }

    private void SampleAndWrite(Sequence sequence, int entry)
    {
        // Another choice of the same request may have failed in this very step.
        if (sequence.State == SequenceState.Finished) return;
        var group = sequence.Group;
        if (!group.Started)
        {
            group.Started = true;
            group.Stream.Start(sequence.PromptTokens, group.CachedTokens, group.QueueTime);
            metrics.RecordStart(time.GetElapsedTime(group.SubmittedAt), sequence.PromptTokens, group.CachedTokens);
        }

        touched.Add(group.Stream);
        if (sequence.MaxTokens == 0)
        {
            writer.WriteNothing(sequence);
            ends.Finish(sequence);
            return;
        }

        var token = NextToken(sequence, entry);
        if (token < 0)
        {
            ends.Fail(group, sequence.Constraint!.Error!, keep: true);
            return;
        }

        var reason = group.Request.TopLogprobs is { } count
            ? WriteScored(sequence, token, entry, ranked.AsSpan(0, Math.Min(count, ranked.Length)))
            : writer.Write(sequence, token);
        if (reason != FinishReason.None) ends.Finish(sequence);
    }

    /// <returns>The token, or -1 when the sequence's constraint has an error.</returns>
    private int NextToken(Sequence sequence, int entry)
    {
        var sampling = sequence.Group.Request.Sampling;
        sequence.Sampler ??= runner.CreateSampler(
            sampling.ForChoice(sequence.Choice), CollectionsMarshal.AsSpan(sequence.Tokens)[..sequence.PromptTokens], sequence.Constraint);
        var allowEnd = !sampling.IgnoreEndOfText && sequence.Generated >= sampling.MinTokens;
        return TakeForced(sequence) is >= 0 and var forced ? forced : sequence.Sampler.Sample(entry, allowEnd);
    }

    /// <returns>The token that ends thinking which has become too long, or -1.</returns>
    private static int TakeForced(Sequence sequence)
    {
        if (sequence.Thinking is not { Forced: >= 0 } meter) return -1;
        var token = meter.Forced;
        if (!sequence.Sampler!.TryTake(token))
        {
            meter.GiveUp();
            return -1;
        }

        // A model that was cut short tends to end its thinking once more, in the middle of the answer.
        if (token == meter.Ends.Marker) sequence.Sampler.Bar(token);
        return token;
    }

    private FinishReason WriteScored(Sequence sequence, int token, int entry, Span<RankedToken> top) =>
        writer.Write(sequence, token, runner.ReadLogprobs(entry, token, top), top);
}
