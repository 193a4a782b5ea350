using PolarGrid.Engine.Answers;

namespace PolarGrid.Engine;

/// <summary>One request for text: a prompt, how to sample, when to stop. Immutable and serialisable.</summary>
public sealed record GenerationRequest
{
    /// <summary>The caller-visible request id; appears in logs beside timings, never beside text.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// The scope inside which cached prefixes are shared. Two requests with different tenants never read each other's KV cells.
    /// </summary>
    public required string Tenant { get; init; }

    public required Prompt Prompt { get; init; }

    public SamplingSettings Sampling { get; init; } = new();

    /// <summary>
    /// Most tokens to generate per choice, as the caller asked; prompt and answer together must fit the context. 0 computes the prompt only.
    /// Null means <see cref="DefaultMaxTokens"/>.
    /// </summary>
    public int? MaxTokens { get; init; }

    /// <summary>
    /// The limit when the caller gave none: shortened to the context's room, since nobody asked for that many. Null means all the room.
    /// </summary>
    public int? DefaultMaxTokens { get; init; }

    /// <summary>Independent answers to the same prompt, 1 to <see cref="ModelDescription.MaxChoices"/>; they share one prefill.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>Texts that end a choice; the matched text and all after it is not returned. No empty strings.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>
    /// The markers of thinking in which <see cref="Stop"/> does not count: thinking that is no part of what the caller reads. Null: it counts
    /// from the first character on.
    /// </summary>
    public ReasoningMarkers? StopBehind { get; init; }

    /// <summary>
    /// Texts from whose first character on <see cref="Stop"/> counts no more in a choice, such as those that open a tool call: what follows
    /// is read by a program, and half of it is of no use. No empty strings.
    /// </summary>
    public IReadOnlyList<string> StopUntil { get; init; } = [];

    /// <summary>
    /// Control tokens whose text belongs to the answer, such as those that mark tool calls; texts that are no control tokens of the
    /// model are passed over.
    /// </summary>
    public IReadOnlyList<string> ShownTokens { get; init; } = [];

    /// <summary>Tokens that end a choice as the model's own end tokens do; ids in the vocabulary.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>Whether each choice begins with the text of the prompt (legacy completions).</summary>
    public bool EchoPrompt { get; init; }

    /// <summary>What every choice must look like; null leaves it free. The prompt's echo is not part of it.</summary>
    public OutputGrammar? Grammar { get; init; }

    /// <summary>How long every choice may think at most; null leaves that to the model.</summary>
    public ThinkingBudget? Thinking { get; init; }

    /// <summary>
    /// Asks for the log-probability of every token, and of this many likeliest ones beside it, 0 to
    /// <see cref="MostTopLogprobs"/>; null asks for none. With <see cref="EchoPrompt"/> the prompt's tokens have theirs too, for which
    /// all of the prompt is computed anew.
    /// </summary>
    public int? TopLogprobs { get; init; }

    /// <summary>Largest value of <see cref="TopLogprobs"/>.</summary>
    public const int MostTopLogprobs = 20;
}
