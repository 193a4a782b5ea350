namespace PolarGrid.Edge.Requests;

/// <summary>What is told about a field; see <see cref="Parameter{TDraft}"/>.</summary>
internal sealed record ParameterDescription(
    string Name,
    ParameterAction Action,
    string Type,
    string Range,
    bool Required,
    double? Least,
    double? Most,
    IReadOnlyList<string>? Allowed);
