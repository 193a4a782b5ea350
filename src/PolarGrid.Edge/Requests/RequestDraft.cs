using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Output;
using PolarGrid.Edge.Streaming;
using PolarGrid.Engine;
using PolarGrid.Engine.Answers;

namespace PolarGrid.Edge.Requests;

/// <summary>What both generation endpoints read from a body. Null: the caller said nothing, the profile decides.</summary>
internal abstract class RequestDraft
{
    public string Model { get; set; } = "";

    public long? MaxTokens { get; set; }

    /// <summary>Wins over <c>max_tokens</c> when both are given.</summary>
    public long? MaxCompletionTokens { get; set; }

    public float? Temperature { get; set; }

    public float? TopP { get; set; }

    public int TopK { get; set; }

    public float MinP { get; set; }

    public float FrequencyPenalty { get; set; }

    public float PresencePenalty { get; set; }

    public float RepetitionPenalty { get; set; } = 1f;

    public int Choices { get; set; } = 1;

    public IReadOnlyList<string> Stop { get; set; } = [];

    /// <summary>Tokens that end a choice as the model's own end tokens do.</summary>
    public List<int> StopTokens { get; } = [];

    public List<LogitBias> LogitBias { get; } = [];

    public long? Seed { get; set; }

    public int MinTokens { get; set; }

    public bool IgnoreEndOfText { get; set; }

    /// <summary>Whether a tier was named, so that the answer names the one that was used.</summary>
    public bool NamesServiceTier { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    public bool Stream { get; set; }

    public bool IncludeUsage { get; set; }

    /// <summary>How many of the likeliest tokens to report beside each one's log-probability; null reports none.</summary>
    public virtual int? Alternatives => null;

    /// <summary>Answers to generate for each prompt.</summary>
    public virtual int GeneratedChoices => Choices;

    /// <summary>What the answers must look like; null when the request does not say.</summary>
    public OutputFormat? Output { get; set; }

    /// <summary>The same as the engine enforces it; null leaves the answers free.</summary>
    public virtual OutputGrammar? Grammar => Output?.ToGrammar();

    /// <summary>How long each answer may think; null: as long as the model wants.</summary>
    public virtual ThinkingBudget? Thinking => null;

    /// <summary>How the answers are taken apart; null: all text is content.</summary>
    public virtual AnswerShape? Shape => null;

    /// <summary>Thinking in which stop texts do not count; null: there is none.</summary>
    public virtual ReasoningMarkers? StopBehind => null;

    /// <summary>Texts from which on stop texts do not count.</summary>
    public virtual IReadOnlyList<string> StopUntil => [];

    /// <summary>Control tokens that are part of the answers' text.</summary>
    public virtual IReadOnlyList<string> ShownTokens => [];

    /// <summary>What the field of the prompt is called in messages about it.</summary>
    public abstract string PromptField { get; }

    /// <summary>The caller's own token limit; null when none was given: the profile's applies.</summary>
    public int? AskedTokenLimit => (int?)AskedTokens;

    private long? AskedTokens => MaxCompletionTokens ?? MaxTokens;

    /// <summary>Finds fields that contradict each other.</summary>
    public virtual ApiError? CheckTogether() =>
        AskedTokens is { } most && MinTokens > most
            ? new(ErrorTable.Inconsistent, $"'min_tokens' is {MinTokens}, more than the {most} tokens that the answer may have.", "min_tokens")
            : null;

    /// <summary>Prepares what depends on the model, once it is known.</summary>
    /// <returns>What the model cannot do.</returns>
    public virtual ApiError? FitTo(ModelDescription model, ApiProfile profile) => null;

    public SamplingSettings ToSampling(ApiProfile profile) => new()
    {
        Temperature = Temperature ?? profile.Temperature,
        TopP = TopP ?? profile.TopP,
        TopK = TopK,
        MinP = MinP,
        FrequencyPenalty = FrequencyPenalty,
        PresencePenalty = PresencePenalty,
        RepetitionPenalty = RepetitionPenalty,
        Seed = Seed,
        LogitBias = LogitBias,
        MinTokens = MinTokens,
        IgnoreEndOfText = IgnoreEndOfText,
    };
}
