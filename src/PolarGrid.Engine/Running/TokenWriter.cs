using System.Runtime.InteropServices;
using PolarGrid.Engine.Logprobs;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Running;

/// <summary>Turns sampled tokens into events: text, stop strings, limits. Loop thread only.</summary>
internal sealed class TokenWriter(ITokenizer tokenizer, int contextTokens)
{
    private readonly byte[] piece = new byte[tokenizer.LongestPieceBytes];
    private readonly LogprobBlock released = new();
    private TokenNames? names;

    /// <summary>Takes a sampled token into the sequence and writes what it releases.</summary>
    /// <param name="sequence">Running.</param>
    /// <param name="token">Sampled just now.</param>
    /// <param name="logprob">Its own; read only where the request asks for log-probabilities.</param>
    /// <param name="top">The likeliest tokens of its place.</param>
    /// <returns>Why the sequence ends here, or <see cref="FinishReason.None"/>; the finish event is written already.</returns>
    public FinishReason Write(Sequence sequence, int token, float logprob = float.NaN, ReadOnlySpan<RankedToken> top = default)
    {
        if (sequence.Generated == 0 && sequence.Group.Request.EchoPrompt) WritePrompt(sequence);
        if (EndsChoice(sequence, token))
        {
            return End(sequence, sequence.Text.Flush(), FinishReason.Stop, tokens: 1);
        }

        sequence.Tokens.Add(token);
        sequence.Thinking?.Add(TextOf(sequence.Group, token));
        if (sequence.Group.Request.TopLogprobs is not null)
        {
            sequence.Logprobs ??= NewTrack();
            sequence.Logprobs.Add(token, logprob, top, sequence.Text, TextOf(sequence.Group, token).IsEmpty);
        }

        var stopped = sequence.Text.Add(TextOf(sequence.Group, token));
        Send(sequence, tokens: 1, allOut: false);
        if (stopped) return Close(sequence, FinishReason.Stop, tokens: 0);
        if (sequence.Constraint is { IsComplete: true }) return End(sequence, sequence.Text.Flush(), FinishReason.Stop, tokens: 0);
        if (sequence.Generated < sequence.MaxTokens && sequence.Tokens.Count < contextTokens) return FinishReason.None;
        return End(sequence, sequence.Text.Flush(), FinishReason.Length, tokens: 0);
    }

    /// <summary>Ends a sequence that was asked for no tokens: its prompt is computed, and echoed where that was asked for.</summary>
    public void WriteNothing(Sequence sequence)
    {
        if (sequence.Group.Request.EchoPrompt) WritePrompt(sequence);
        Close(sequence, FinishReason.Length, tokens: 0);
    }

    private ReadOnlySpan<byte> TextOf(SequenceGroup group, int token) =>
        group.ShownTokens is { } shown && shown.TryGetValue(token, out var text) ? text : piece.AsSpan(0, tokenizer.Decode(token, piece));

    private bool EndsChoice(Sequence sequence, int token)
    {
        var request = sequence.Group.Request;
        if (tokenizer.IsEndOfGeneration(token) && (!request.Sampling.IgnoreEndOfText || sequence.Constraint is not null)) return true;
        if (sequence.Generated < request.Sampling.MinTokens) return false;
        for (var at = 0; at < request.StopTokens.Count; at++)
        {
            if (request.StopTokens[at] == token) return true;
        }

        return false;
    }

    private FinishReason End(Sequence sequence, bool stopped, FinishReason reason, int tokens)
    {
        if (sequence.Text.Released.Length > 0 || sequence.Logprobs is not null) Send(sequence, tokens: 0, allOut: !stopped);
        return Close(sequence, stopped ? FinishReason.Stop : reason, tokens);
    }

    private static FinishReason Close(Sequence sequence, FinishReason reason, int tokens)
    {
        sequence.Group.Stream.Finish(sequence.Choice, reason, tokens);
        return reason;
    }

    /// <summary>Writes what the sequence's text has just released.</summary>
    private void Send(Sequence sequence, int tokens, bool allOut)
    {
        var text = sequence.Text.Released;
        if (sequence.Logprobs is not { } track)
        {
            sequence.Group.Stream.Write(sequence.Choice, text, tokens);
            return;
        }

        track.Release(text.Length, allOut, released);
        if (tokens > 0 || text.Length > 0 || released.Count > 0) sequence.Group.Stream.Write(sequence.Choice, text, tokens, released);
    }

    /// <summary>The prompt's text, without stop strings being looked for in it.</summary>
    private void WritePrompt(Sequence sequence)
    {
        var scores = sequence.Group.PromptLogprobs;
        var track = scores is null ? null : NewTrack();
        var echo = new TextAssembler([], []) { CountsCharacters = scores is not null };
        var tokens = CollectionsMarshal.AsSpan(sequence.Tokens)[..sequence.PromptTokens];
        for (var at = 0; at < tokens.Length; at++)
        {
            var bytes = tokenizer.Decode(tokens[at], piece);
            track?.Add(tokens[at], scores!.Own(at), scores.Top(at), echo, isSilent: bytes == 0);
            echo.Add(piece.AsSpan(0, bytes));
            SendPrompt(sequence, echo, track, allOut: false);
        }

        echo.Flush();
        SendPrompt(sequence, echo, track, allOut: true);
        sequence.Text.SkipCharacters(echo.Characters);
    }

    private void SendPrompt(Sequence sequence, TextAssembler echo, LogprobTrack? track, bool allOut)
    {
        released.Clear();
        track?.Release(echo.Released.Length, allOut, released);
        if (echo.Released.Length > 0 || released.Count > 0) sequence.Group.Stream.Write(sequence.Choice, echo.Released, 0, released);
    }

    private LogprobTrack NewTrack() => new(names ??= new TokenNames(tokenizer));
}
