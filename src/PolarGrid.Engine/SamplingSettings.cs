namespace PolarGrid.Engine;

/// <summary>How the next token is chosen. Neutral values switch a step off.</summary>
/// <remarks>Ranges are checked by <see cref="Check"/> before any of this reaches native code.</remarks>
public sealed record SamplingSettings
{
    /// <summary>0 to 2; 0 always takes the likeliest token.</summary>
    public float Temperature { get; init; } = 1f;

    /// <summary>0 to 1: keep the likeliest tokens whose probabilities add up to this; 0 keeps one token, 1 keeps all.</summary>
    public float TopP { get; init; } = 1f;

    /// <summary>Keep this many likeliest tokens; 0 keeps all.</summary>
    public int TopK { get; init; }

    /// <summary>0 to 1: drop tokens less likely than this share of the likeliest; 0 drops none.</summary>
    public float MinP { get; init; }

    /// <summary>-2 to 2, taken off a token's logit once per time it was generated in this answer.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>-2 to 2, taken off a token's logit if it was generated in this answer.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>Above 0, up to 10; 1 is neutral. Divides the logits of tokens seen in the prompt or the answer.</summary>
    public float RepetitionPenalty { get; init; } = 1f;

    /// <summary>Same seed, model and prompt give the same answer when the request runs alone; null draws one.</summary>
    public long? Seed { get; init; }

    /// <summary>Added to the logits of these tokens, -100 to 100 each.</summary>
    public IReadOnlyList<LogitBias> LogitBias { get; init; } = [];

    /// <summary>No end of text before this many tokens of an answer.</summary>
    public int MinTokens { get; init; }

    /// <summary>Never ends by itself, only by its limits (measurements).</summary>
    public bool IgnoreEndOfText { get; init; }

    /// <summary>The settings of one choice: with a seed, each choice draws its own numbers, the first one those of the seed itself.</summary>
    internal SamplingSettings ForChoice(int choice) => choice == 0 || Seed is null ? this : this with { Seed = unchecked(Seed + choice) };

    /// <summary>Null when every number is in range for a vocabulary of this size; else an error naming the setting, value and range.</summary>
    public EngineError? Check(int vocabularySize)
    {
        return Range(nameof(Temperature), Temperature, 0, 2)
            ?? Range(nameof(TopP), TopP, 0, 1)
            ?? Range(nameof(TopK), TopK, 0, int.MaxValue)
            ?? Range(nameof(MinP), MinP, 0, 1)
            ?? Range(nameof(FrequencyPenalty), FrequencyPenalty, -2, 2)
            ?? Range(nameof(PresencePenalty), PresencePenalty, -2, 2)
            ?? Range(nameof(RepetitionPenalty), RepetitionPenalty, float.Epsilon, 10)
            ?? Range(nameof(MinTokens), MinTokens, 0, int.MaxValue)
            ?? LogitBias.Select(bias =>
                    Range("LogitBias token", bias.Token, 0, vocabularySize - 1) ?? Range("LogitBias value", bias.Bias, -100, 100))
                .FirstOrDefault(error => error is not null);
    }

    private static EngineError? Range(string name, double value, double least, double most) =>
        value >= least && value <= most
            ? null
            : new EngineError(
                EngineStage.Prepare,
                EngineErrorCode.InvalidSetting,
                FormattableString.Invariant($"{name} is {value}; it must be between {least} and {most}."));
}

/// <summary>A number added to one token's logit.</summary>
public readonly record struct LogitBias(int Token, float Bias);
