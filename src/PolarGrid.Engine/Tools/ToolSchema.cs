using System.Text.Json;

namespace PolarGrid.Engine.Tools;

/// <summary>A tool that a grammar may hold calls to.</summary>
/// <param name="Name">As it is called.</param>
/// <param name="Parameters">The JSON Schema of its arguments; null: it takes none.</param>
/// <param name="MustFollow">
/// Whether a schema that cannot be enforced is an error; otherwise its arguments are then held to be any object.
/// </param>
public sealed record ToolSchema(string Name, JsonElement? Parameters, bool MustFollow);
