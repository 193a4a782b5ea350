namespace PolarGrid.Edge;

/// <summary>
/// Whose documentation the server follows where the sources differ (decisions W2 and W3). A request chooses with the header
/// <c>X-PolarGrid-Profile</c>; without it the key's own profile applies, and without that the server's setting.
/// </summary>
public sealed record ApiProfile
{
    /// <summary>PolarGrid's published defaults.</summary>
    public static ApiProfile PolarGrid { get; } = new()
    {
        Name = "polargrid", Temperature = 0.7f, TopP = 0.9f, ChatMaxTokens = 150, CompletionMaxTokens = 150, LargestMaxTokens = 4096,
        ReasoningInContent = true,
    };

    /// <summary>OpenAI's: as much as the model has room for, 16 tokens for a legacy completion.</summary>
    public static ApiProfile OpenAI { get; } = new() { Name = "openai", CompletionMaxTokens = 16 };

    /// <summary>The Grid's: no limit of its own, 422 for values outside their range.</summary>
    public static ApiProfile Grid { get; } = new() { Name = "grid", RefusesRangesWith422 = true, NestsErrorDetail = true };

    /// <summary>All profiles.</summary>
    public static IReadOnlyList<ApiProfile> All { get; } = [PolarGrid, OpenAI, Grid];

    public required string Name { get; init; }

    public float Temperature { get; init; } = 1f;

    public float TopP { get; init; } = 1f;

    /// <summary>Null: as many as the context has room for.</summary>
    public int? ChatMaxTokens { get; init; }

    /// <inheritdoc cref="ChatMaxTokens"/>
    public int? CompletionMaxTokens { get; init; }

    /// <summary>Above it <c>max_tokens</c> is refused; null: the context is the only bound.</summary>
    public int? LargestMaxTokens { get; init; }

    public bool RefusesRangesWith422 { get; init; }

    /// <summary>Whether thinking is part of the content; else it has a field of its own.</summary>
    public bool ReasoningInContent { get; init; }

    /// <summary>Whether error bodies carry <c>errors.detail</c>.</summary>
    public bool NestsErrorDetail { get; init; }

    /// <summary>The profile of that name in any letter case; null when there is none.</summary>
    public static ApiProfile? Find(string name) =>
        All.FirstOrDefault(profile => profile.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
