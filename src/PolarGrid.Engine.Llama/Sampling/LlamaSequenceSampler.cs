using System.Numerics.Tensors;
using PolarGrid.Engine.Grammars.Tokens;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>The sampler of one sequence: edits of single tokens, then the choice.</summary>
internal sealed class LlamaSequenceSampler : ISequenceSampler
{
    private readonly LlamaRunner runner;
    private readonly LogitEdits edits;
    private readonly TokenChooser chooser;
    private readonly TokenConstraint? constraint;

    /// <param name="runner">Whose logits are read; outlives the sampler.</param>
    /// <param name="settings">Already checked.</param>
    /// <param name="prompt">For the repetition penalty.</param>
    /// <param name="constraint">Null leaves the answer free.</param>
    public LlamaSequenceSampler(LlamaRunner runner, SamplingSettings settings, ReadOnlySpan<int> prompt, TokenConstraint? constraint)
    {
        this.constraint = constraint;
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
            if (constraint is not null) token = Constrained(token, logits, allowEnd);
            if (token >= 0) edits.Accept(token);
            return token;
        }
        finally
        {
            edits.Undo(logits);
        }
    }

    public bool TryTake(int token)
    {
        if (constraint is not null)
        {
            if (!constraint.Allows(token)) return false;
            constraint.Accept(token);
        }

        edits.Accept(token);
        return true;
    }

    public void Bar(int token) => edits.Bar(token);

    public void Dispose() => chooser.Dispose();

    /// <summary>
    /// Keeps a token that fits, else draws again among those that do. Of a plain draw this is exact: a fitting token has the chance
    /// p + (1 - P) p / P = p / P, where P is the chance of all that fit.
    /// </summary>
    private int Constrained(int drawn, ReadOnlySpan<float> logits, bool allowEnd)
    {
        var banned = !allowEnd && runner.Tokenizer.IsEndOfGeneration(drawn);
        var token = !banned && constraint!.Allows(drawn) ? drawn : DrawAmongAllowed(logits);
        if (token >= 0) constraint!.Accept(token);
        return token;
    }

    private int DrawAmongAllowed(ReadOnlySpan<float> logits)
    {
        if (constraint!.Allowed() is not { } allowed) return -1;
        if (allowed.Count == 1) return allowed.First();
        var masked = runner.SamplingScratch.Masked.AsSpan(0, logits.Length);
        MaskedLogits.Write(logits, allowed, masked);

        // Nothing that fits has a usable number, for example because only the end fits and it is banned: the grammar wins.
        if (!(TensorPrimitives.MaxNumber<float>(masked) > float.NegativeInfinity)) return allowed.First();
        var token = chooser.Choose(masked);
        return allowed.Contains(token) ? token : allowed.First();
    }
}
