namespace PolarGrid.Engine;

/// <summary>What the text of an answer must look like. Enforced token by token, for every choice on its own. Immutable and serialisable.</summary>
public sealed record OutputGrammar
{
    /// <summary>
    /// The rules in GBNF, llama.cpp's notation, over the text of the answer; <c>root</c> is where it begins. A choice whose text is
    /// complete and cannot go on ends at once with <see cref="FinishReason.Stop"/>; one that can go on ends when the model ends it.
    /// </summary>
    public required string Gbnf { get; init; }

    /// <summary>
    /// Empty: the whole answer must match. Else the answer is free until its text holds one of these for the first time, and what
    /// follows the last character of that trigger, to the end of the answer, must match <c>root</c>. Where a token holds more than the
    /// end of a trigger, the rest of the token must match too. A control token whose text is a trigger counts as well. No empty strings.
    /// </summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];

    /// <summary>With triggers: whether the model may not end its answer before one of them.</summary>
    public bool TriggerRequired { get; init; }
}
