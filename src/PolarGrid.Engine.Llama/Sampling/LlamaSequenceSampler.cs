using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>The sampler of one sequence: edits of single tokens, then the choice.</summary>
internal sealed class LlamaSequenceSampler : ISequenceSampler
{
    private readonly LlamaRunner runner;
    private readonly LogitEdits edits;
    private readonly TokenChooser chooser;

    /// <param name="runner">Whose logits are read; outlives the sampler.</param>
    /// <param name="settings">Already checked.</param>
    /// <param name="prompt">For the repetition penalty.</param>
    public LlamaSequenceSampler(LlamaRunner runner, SamplingSettings settings, ReadOnlySpan<int> prompt)
    {
        this.runner = runner;
        edits = new LogitEdits(settings, prompt, runner.Tokenizer.EndOfGenerationTokens);
        chooser = new TokenChooser(settings, runner.Tokenizer.VocabularySize, runner.SamplingScratch);
    }

    public int Sample(int batchIndex, bool allowEnd)
    {
        var logits = runner.Logits(batchIndex);
        edits.Apply(logits, allowEnd);
        try
        {
            var token = chooser.Choose(logits);
            edits.Accept(token);
            return token;
        }
        finally
        {
            edits.Undo(logits);
        }
    }

    public void Dispose() => chooser.Dispose();
}
