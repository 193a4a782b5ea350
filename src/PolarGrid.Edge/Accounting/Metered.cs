namespace PolarGrid.Edge.Accounting;

/// <summary>
/// Endpoint metadata: inference. Such requests count against their key's limit and into its usage; lists, polls of jobs, metrics and
/// documentation do not.
/// </summary>
internal sealed record Metered(UsageKind Kind);
