namespace PolarGrid.Engine;

/// <summary>How likely one token was. Its text lies in the block: <see cref="LogprobBlock.Text"/>.</summary>
/// <param name="Token">In the vocabulary.</param>
/// <param name="Logprob">
/// Natural logarithm of its probability under the model's own logits, before bias, penalties, temperature or grammar; negative infinity
/// where the model rules it out, not a number for a prompt's first token, which nothing precedes.
/// </param>
/// <param name="TextStart">Offset of its text, bytes.</param>
/// <param name="TextLength">Bytes; may be part of a UTF-8 character.</param>
/// <param name="Control">Whether the text is the name of a control token, which adds nothing to the answer.</param>
/// <param name="Characters">Unicode characters of the choice before the one that this token begins or continues.</param>
/// <param name="Alternatives">
/// How many of the records that follow are the likeliest tokens of this place, likeliest first; 0 for an alternative itself.
/// </param>
public readonly record struct TokenLogprob(
    int Token, float Logprob, int TextStart, int TextLength, bool Control, int Characters, int Alternatives);

/// <summary>One of the likeliest tokens of a place.</summary>
/// <param name="Token">In the vocabulary.</param>
/// <param name="Logprob">See <see cref="TokenLogprob.Logprob"/>.</param>
public readonly record struct RankedToken(int Token, float Logprob);
