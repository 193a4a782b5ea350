using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Transcription.Forms;

/// <summary>
/// Makes JSON of texts from a form and a query string, so that the same table reads them as reads a JSON body. The row's type says what a
/// text stands for: <c>true</c> is a flag where a flag is wanted. Lists come as repeated <c>name[]</c> or <c>name</c>, objects as JSON or as
/// <c>name[member]</c>. An empty text means absent. What is in the query wins over the form (decision W5).
/// </summary>
internal sealed class FormFields
{
    private readonly Dictionary<string, FieldTexts> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> types;

    private FormFields(IReadOnlyList<ParameterDescription> rows) => types = rows.ToDictionary(row => row.Name, row => row.Type, StringComparer.Ordinal);

    /// <param name="rows">Of the endpoint's table.</param>
    /// <param name="query">The request's.</param>
    /// <param name="form">Null where there is no body.</param>
    /// <param name="json">An object with the fields; to be disposed.</param>
    /// <returns>What is wrong with them; then there is no JSON.</returns>
    public static ApiError? Read(IReadOnlyList<ParameterDescription> rows, IQueryCollection query, UploadForm? form, out JsonDocument? json)
    {
        json = null;
        var fields = new FormFields(rows);
        foreach (var (name, values) in query)
        {
            foreach (var value in values)
            {
                if (fields.Add(name, value ?? "", fromQuery: true) is { } error) return error;
            }
        }

        foreach (var (name, value) in form?.Fields ?? [])
        {
            if (fields.Add(name, value, fromQuery: false) is { } error) return error;
        }

        json = fields.ToJson(form?.File is not null);
        return null;
    }

    private ApiError? Add(string name, string value, bool fromQuery)
    {
        if (fromQuery && name == "file") return new(ErrorTable.InvalidValue, "'file' belongs into the body, as a part of the form.", "file");
        if (value.Length == 0) return null;
        var (bare, member) = Split(name);
        var many = IsList(bare);
        if (!byName.TryGetValue(bare, out var texts)) byName[bare] = texts = new FieldTexts(fromQuery);
        if (texts.FromQuery != fromQuery) return null;
        if (member is { Length: > 0 } && !many)
        {
            if (texts.Values.Count > 0) return Both(bare);
            return texts.Members.TryAdd(member, value) ? null : FormReader.Twice(name);
        }

        if (texts.Members.Count > 0) return Both(bare);
        if (texts.Values.Count > 0 && !many) return FormReader.Twice(bare);
        texts.Values.Add(value);
        return null;
    }

    private static ApiError Both(string name) =>
        new(ErrorTable.Inconsistent, $"'{FieldReader.Quote(name)}' is given as a value and as '{FieldReader.Quote(name)}[…]'; give it one way.", FieldReader.Quote(name));

    private JsonDocument ToJson(bool hasFile)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (hasFile) writer.WriteString("file"u8, ""u8);
            foreach (var (name, texts) in byName)
            {
                if (name == "file" || (texts.Values.Count == 0 && texts.Members.Count == 0)) continue;
                writer.WritePropertyName(name);
                Write(writer, name, texts);
            }

            writer.WriteEndObject();
        }

        return JsonDocument.Parse(buffer.WrittenMemory);
    }

    private void Write(Utf8JsonWriter writer, string name, FieldTexts texts)
    {
        if (IsList(name))
        {
            writer.WriteStartArray();
            foreach (var value in texts.Values) writer.WriteStringValue(value);
            writer.WriteEndArray();
        }
        else if (texts.Members.Count > 0)
        {
            writer.WriteStartObject();
            foreach (var (member, value) in texts.Members)
            {
                writer.WritePropertyName(member);
                WriteNumber(writer, value);
            }

            writer.WriteEndObject();
        }
        else
        {
            WriteOne(writer, types.GetValueOrDefault(name, "string"), texts.Values[0]);
        }
    }

    /// <summary>A text that does not have the form of its type stays a text: the table then says what was expected.</summary>
    private static void WriteOne(Utf8JsonWriter writer, string type, string value)
    {
        switch (type)
        {
            case "boolean" when value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("false", StringComparison.OrdinalIgnoreCase):
                writer.WriteBooleanValue(value.Length == 4);
                break;
            case "integer" or "number":
                WriteNumber(writer, value);
                break;
            case { } when type.Contains("object", StringComparison.Ordinal) && value.StartsWith('{') && IsObject(value):
                writer.WriteRawValue(value);
                break;
            default:
                writer.WriteStringValue(value);
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string value)
    {
        if (IsNumber(value)) writer.WriteRawValue(value);
        else writer.WriteStringValue(value);
    }

    private static bool IsNumber(string text) => Kind(text) == JsonValueKind.Number;

    private static bool IsObject(string text) => Kind(text) == JsonValueKind.Object;

    private static JsonValueKind Kind(string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return parsed.RootElement.ValueKind;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            return JsonValueKind.Undefined;
        }
    }

    private bool IsList(string name) => types.TryGetValue(name, out var type) && type.StartsWith("array", StringComparison.Ordinal);

    /// <summary><c>a[]</c> is a and nothing, <c>a[b]</c> a and b, <c>a</c> a alone.</summary>
    private static (string Name, string? Member) Split(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        return open > 0 && name[^1] == ']' ? (name[..open], name[(open + 1)..^1]) : (name, null);
    }

    private sealed record FieldTexts(bool FromQuery)
    {
        public List<string> Values { get; } = [];

        public Dictionary<string, string> Members { get; } = new(StringComparer.Ordinal);
    }
}
