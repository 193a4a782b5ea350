using System.Text.Json;

namespace PolarGrid.Edge.Chat.Tools;

/// <summary>A function that the model may call.</summary>
/// <param name="Name">Letters, digits, <c>_</c> and <c>-</c>, at most 64.</param>
/// <param name="Parameters">The JSON Schema of its arguments; null: it takes none.</param>
/// <param name="Strict">Whether the caller counts on arguments that follow the schema.</param>
/// <param name="Path">Where it stands in the request.</param>
internal sealed record ToolDefinition(string Name, JsonElement? Parameters, bool Strict, string Path);
