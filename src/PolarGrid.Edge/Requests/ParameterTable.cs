using System.Collections.Frozen;
using System.Text.Json;
using PolarGrid.Edge.Errors;

namespace PolarGrid.Edge.Requests;

/// <summary>All fields of one endpoint's body.</summary>
internal sealed class ParameterTable<TDraft>
    where TDraft : class
{
    private readonly FrozenDictionary<string, Parameter<TDraft>> byName;
    private readonly Parameter<TDraft>[] required;
    private IReadOnlyList<ParameterDescription>? described;

    public ParameterTable(params IEnumerable<Parameter<TDraft>> rows)
    {
        Rows = [.. rows];
        byName = Rows.ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);
        required = [.. Rows.Where(row => row.Required)];
    }

    /// <summary>In the order of the documentation.</summary>
    public IReadOnlyList<Parameter<TDraft>> Rows { get; }

    /// <summary>The rows without their code, for documentation.</summary>
    public IReadOnlyList<ParameterDescription> Describe() => described ??=
    [
        .. Rows.Select(row => new ParameterDescription(row.Name, row.Action, row.Type, row.Range, row.Required, row.Least, row.Most, row.Allowed)),
    ];

    /// <summary>Reads the body's fields into the draft, in the caller's order, up to the first mistake.</summary>
    public ApiError? Read(JsonElement body, FieldReader reader, TDraft draft)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return new(ErrorTable.MalformedJson, "The body must be a JSON object.");
        }

        var found = 0;
        foreach (var property in body.EnumerateObject())
        {
            if (!byName.TryGetValue(property.Name, out var row)) reader.Unknown(property.Name);
            else if (property.Value.ValueKind != JsonValueKind.Null)
            {
                if (row.Required) found++;
                row.Read(reader, row.Name, property.Value, draft);
            }

            if (reader.Error is { } error) return error;
        }

        return found == required.Length ? null : Missing(body);
    }

    private ApiError Missing(JsonElement body)
    {
        var name = required.First(row => !body.TryGetProperty(row.Name, out var value) || value.ValueKind == JsonValueKind.Null).Name;
        return new(ErrorTable.Missing, $"'{name}' is required.", name);
    }
}
