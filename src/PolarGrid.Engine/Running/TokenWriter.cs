using System.Runtime.InteropServices;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Running;

/// <summary>Turns sampled tokens into events: text, stop strings, limits. Loop thread only.</summary>
internal sealed class TokenWriter(ITokenizer tokenizer, int contextTokens)
{
    private readonly byte[] piece = new byte[tokenizer.LongestPieceBytes];

    /// <summary>Takes a sampled token into the sequence and writes what it releases.</summary>
    /// <returns>Why the sequence ends here, or <see cref="FinishReason.None"/>; the finish event is written already.</returns>
    public FinishReason Write(Sequence sequence, int token)
    {
        if (sequence.Generated == 0 && sequence.Group.Request.EchoPrompt) WritePrompt(sequence);
        if (tokenizer.IsEndOfGeneration(token) && !sequence.Group.Request.Sampling.IgnoreEndOfText)
        {
            return End(sequence, sequence.Text.Flush(), FinishReason.Stop, tokens: 1);
        }

        sequence.Tokens.Add(token);
        var bytes = tokenizer.Decode(token, piece);
        var stopped = sequence.Text.Add(piece.AsSpan(0, bytes));
        sequence.Group.Stream.Write(sequence.Choice, sequence.Text.Released, 1);
        if (stopped) return Close(sequence, FinishReason.Stop, tokens: 0);
        if (sequence.Generated < sequence.MaxTokens && sequence.Tokens.Count < contextTokens) return FinishReason.None;
        return End(sequence, sequence.Text.Flush(), FinishReason.Length, tokens: 0);
    }

    /// <summary>Ends a sequence that was asked for no tokens: its prompt is computed, and echoed where that was asked for.</summary>
    public void WriteNothing(Sequence sequence)
    {
        if (sequence.Group.Request.EchoPrompt) WritePrompt(sequence);
        Close(sequence, FinishReason.Length, tokens: 0);
    }

    private static FinishReason End(Sequence sequence, bool stopped, FinishReason reason, int tokens)
    {
        if (sequence.Text.Released.Length > 0) sequence.Group.Stream.Write(sequence.Choice, sequence.Text.Released, 0);
        return Close(sequence, stopped ? FinishReason.Stop : reason, tokens);
    }

    private static FinishReason Close(Sequence sequence, FinishReason reason, int tokens)
    {
        sequence.Group.Stream.Finish(sequence.Choice, reason, tokens);
        return reason;
    }

    /// <summary>The prompt's text, without stop strings being looked for in it.</summary>
    private void WritePrompt(Sequence sequence)
    {
        var echo = new TextAssembler([]);
        foreach (var token in CollectionsMarshal.AsSpan(sequence.Tokens)[..sequence.PromptTokens])
        {
            echo.Add(piece.AsSpan(0, tokenizer.Decode(token, piece)));
            if (echo.Released.Length > 0) sequence.Group.Stream.Write(sequence.Choice, echo.Released, 0);
        }

        echo.Flush();
        if (echo.Released.Length > 0) sequence.Group.Stream.Write(sequence.Choice, echo.Released, 0);
    }
}
