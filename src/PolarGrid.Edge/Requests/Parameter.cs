using System.Text.Json;

namespace PolarGrid.Edge.Requests;

/// <summary>One field of a request: how it is read, and what the documentation says of it.</summary>
/// <param name="Name">As on the wire.</param>
/// <param name="Action">What the server does with it.</param>
/// <param name="Type">For people, for example <c>integer</c>.</param>
/// <param name="Range">For people, for example <c>0 to 2</c>; empty where every value of the type is fine.</param>
/// <param name="Read">Checks the value and puts it into the draft. Never sees null: null means absent.</param>
internal sealed record Parameter<TDraft>(
    string Name, ParameterAction Action, string Type, string Range, ReadParameter<TDraft> Read)
{
    /// <summary>Absent or null is an error, not a default.</summary>
    public bool Required { get; init; }

    /// <summary>Smallest number that is taken; null where there is none or the value is no number.</summary>
    public double? Least { get; init; }

    /// <summary>Largest number that is taken.</summary>
    public double? Most { get; init; }

    /// <summary>The only texts that are taken; null where others are.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }
}

/// <summary>Reads one field; a mistake goes to <paramref name="reader"/>.</summary>
internal delegate void ReadParameter<in TDraft>(FieldReader reader, string name, JsonElement value, TDraft draft);
