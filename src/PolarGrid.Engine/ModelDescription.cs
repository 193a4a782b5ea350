using PolarGrid.Engine.Tools;

namespace PolarGrid.Engine;

/// <summary>A loaded model: identity and sizes.</summary>
public sealed record ModelDescription
{
    /// <summary>The name callers use.</summary>
    public required string Id { get; init; }

    /// <summary>For example <c>llama</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>For example <c>Q8_0</c>.</summary>
    public required string Quantisation { get; init; }

    public required long Parameters { get; init; }

    /// <summary>Most tokens of one sequence, prompt and answer together.</summary>
    public required int ContextTokens { get; init; }

    /// <summary>Cells of the KV cache that all sequences share.</summary>
    public required int KvTokens { get; init; }

    /// <summary>Weights plus KV cache plus compute buffers, as far as known.</summary>
    public required long MemoryBytes { get; init; }

    public required int VocabularySize { get; init; }

    /// <summary>Most choices of one request.</summary>
    public required int MaxChoices { get; init; }

    public required bool HasChatTemplate { get; init; }

    /// <summary>What the chat template says about tools and thinking.</summary>
    public TemplateTraits Template { get; init; } = TemplateTraits.Plain;

    /// <summary>Whether <see cref="InfillPrompt"/> is understood.</summary>
    public bool CanInfill { get; init; }

    /// <summary>Unix seconds of the model file's last change.</summary>
    public required long Created { get; init; }
}
