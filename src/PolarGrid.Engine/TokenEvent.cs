namespace PolarGrid.Engine;

/// <summary>What happened to a request.</summary>
public enum TokenEventKind : byte
{
    /// <summary>The prompt is computed; first event of every request that does not fail before.</summary>
    Started,

    /// <summary>More text of one choice; whole UTF-8 characters, never part of a stop string.</summary>
    Delta,

    /// <summary>One choice ended.</summary>
    ChoiceFinished,

    /// <summary>All choices ended. Terminal.</summary>
    Completed,

    /// <summary>The request ended early; <see cref="GenerationStream.Error"/> says why. Terminal.</summary>
    Failed,
}

/// <summary>Why a choice ended.</summary>
public enum FinishReason : byte
{
    None,

    /// <summary>The model ended, or a stop string matched.</summary>
    Stop,

    /// <summary>The token limit or the context's end was reached.</summary>
    Length,
}

/// <summary>One event of a request. Its text lies in the stream's read buffer: <see cref="GenerationStream.TextOf"/>.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Choice">Which choice, from 0.</param>
/// <param name="Finish">Set on <see cref="TokenEventKind.ChoiceFinished"/>.</param>
/// <param name="Tokens">Tokens that this event accounts for (deltas; stop tokens count on the finish event).</param>
/// <param name="TextStart">Offset of the text, bytes.</param>
/// <param name="TextLength">Length of the text, bytes of UTF-8.</param>
/// <param name="LogprobStart">The first of its records in <see cref="GenerationStream.LogprobsOf"/>'s block.</param>
/// <param name="Logprobs">How many, alternatives among them: those of exactly the tokens whose text this is. 0 unless asked for.</param>
public readonly record struct TokenEvent(
    TokenEventKind Kind, int Choice, FinishReason Finish, int Tokens, int TextStart, int TextLength, int LogprobStart = 0, int Logprobs = 0);

/// <summary>Token counts of a request, by ids and not by text.</summary>
/// <param name="PromptTokens">All prompt tokens, counted once however many choices there are.</param>
/// <param name="CachedTokens">How many of them were taken from cached prefixes.</param>
/// <param name="CompletionTokens">Generated tokens of all choices, the end token included.</param>
public readonly record struct GenerationUsage(int PromptTokens, int CachedTokens, int CompletionTokens);
