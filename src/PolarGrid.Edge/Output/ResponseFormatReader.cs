using System.Buffers;
using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine.Schemas;

namespace PolarGrid.Edge.Output;

/// <summary>Reads <c>response_format</c> (wire format 5.2). A schema binds whether <c>strict</c> is set or not.</summary>
internal static class ResponseFormatReader
{
    private const int LongestName = 64;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    private static readonly string AnyObject = SchemaCompiler.AnyObject(OutputFormat.Rule);

    public static void Read<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        var typePath = path + ".type";
        if (!value.TryGetProperty("type"u8, out var type))
        {
            reader.Fail(ErrorTable.Missing, typePath, $"'{typePath}' is required.");
            return;
        }

        if (!reader.Choice(typePath, type, ["text", "json_object", "json_schema"], out var choice)) return;
        var beside = choice switch { "json_object" => "schema", "json_schema" => "json_schema", _ => "type" };
        foreach (var property in value.EnumerateObject())
        {
            if (!property.NameEquals("type"u8) && !property.NameEquals(beside)) reader.Unknown(FieldReader.Join(path, property.Name));
        }

        if (choice == "json_object") ReadObject(reader, path, value, draft);
        else if (choice == "json_schema") ReadSchema(reader, path, value, draft);
    }

    /// <summary>Compiles a schema and keeps its rules, or says which keyword cannot be enforced.</summary>
    /// <param name="field">The parameter to blame.</param>
    public static void Compile<T>(FieldReader reader, string field, JsonElement schema, T draft)
        where T : RequestDraft
    {
        var result = SchemaCompiler.Compile(schema, OutputFormat.Rule);
        if (result.Error is { } error) reader.Fail(ErrorTable.InvalidSchema, field, $"'{field}' has a schema that cannot be enforced: {error}");
        else Set(reader, field, draft, new OutputFormat(field, result.Gbnf!));
    }

    /// <summary>Keeps what an answer must look like, unless another field has said so already.</summary>
    public static void Set<T>(FieldReader reader, string field, T draft, OutputFormat format)
        where T : RequestDraft
    {
        if (draft.Output is { } other && other.Field != field)
        {
            reader.Fail(ErrorTable.Inconsistent, field, $"'{field}' and '{other.Field}' both say what the answer must look like; give one of them.");
            return;
        }

        draft.Output = format;
    }

    public static void SetAnyObject<T>(FieldReader reader, string field, T draft)
        where T : RequestDraft => Set(reader, field, draft, new OutputFormat(field, AnyObject));

    /// <summary>A schema directly beside the type is the older form, which several servers and clients still use.</summary>
    private static void ReadObject<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        if (!value.TryGetProperty("schema"u8, out var schema) || schema.ValueKind == JsonValueKind.Null) SetAnyObject(reader, path, draft);
        else if (reader.Object(path + ".schema", schema)) Compile(reader, path, schema, draft);
    }

    private static void ReadSchema<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        var schemaPath = path + ".json_schema";
        if (!value.TryGetProperty("json_schema"u8, out var wrapper) || wrapper.ValueKind == JsonValueKind.Null)
        {
            reader.Fail(ErrorTable.Missing, schemaPath, $"'{schemaPath}' is required beside the type json_schema.");
            return;
        }

        if (!reader.Object(schemaPath, wrapper)) return;
        JsonElement schema = default;
        var hasName = false;
        foreach (var property in wrapper.EnumerateObject())
        {
            var name = FieldReader.Join(schemaPath, property.Name);
            if (property.NameEquals("name"u8)) hasName = ReadName(reader, name, property.Value);
            else if (property.Value.ValueKind == JsonValueKind.Null) continue;
            else if (property.NameEquals("description"u8)) reader.Text(name, property.Value, Parameters.AnyLength, out _);
            else if (property.NameEquals("strict"u8)) reader.Flag(name, property.Value, out _);
            else if (!property.NameEquals("schema"u8)) reader.Unknown(name);
            else if (reader.Object(name, property.Value)) schema = property.Value;
        }

        if (reader.Error is not null) return;
        if (!hasName)
        {
            reader.Fail(ErrorTable.Missing, schemaPath + ".name", $"'{schemaPath}.name' is required.");
        }
        else if (schema.ValueKind == JsonValueKind.Object)
        {
            Compile(reader, path, schema, draft);
        }
        else
        {
            // Without a schema any JSON object satisfies it.
            SetAnyObject(reader, path, draft);
        }
    }

    private static bool ReadName(FieldReader reader, string path, JsonElement value)
    {
        if (!reader.Text(path, value, LongestName, out var name)) return true;
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            reader.Fail(ErrorTable.InvalidValue, path, $"'{path}' is '{FieldReader.Quote(name)}'; it must be 1 to 64 letters, digits, '_' or '-'.");
        }

        return true;
    }
}
