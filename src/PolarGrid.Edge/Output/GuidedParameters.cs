using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine.Schemas;

namespace PolarGrid.Edge.Output;

/// <summary>
/// What other open-weight servers call the same thing: vLLM's <c>guided_*</c> and <c>structured_outputs</c>, llama.cpp's
/// <c>json_schema</c> and <c>grammar</c>.
/// </summary>
internal static class GuidedParameters
{
    private const int MostChoices = 1000, LongestChoice = 4096;
    private const string NotOffered = "this server has one way to constrain output and one way to set white space.";

    public static Parameter<T>[] Rows<T>()
        where T : RequestDraft =>
    [
        Parameters.Object<T>("response_format", "type: text, json_object, json_schema", ResponseFormatReader.Read),
        Parameters.Object<T>("json_schema", "a JSON Schema", ResponseFormatReader.Compile),
        new("guided_json", ParameterAction.Honoured, "object or string", "a JSON Schema", ReadSchema),
        new("guided_regex", ParameterAction.Honoured, "string", "a regular expression for the whole answer", ReadPattern),
        new("guided_choice", ParameterAction.Honoured, "array of strings", "1 to 1000 answers", ReadChoices),
        new("guided_grammar", ParameterAction.Honoured, "string", "GBNF; only where the operator allows it", ReadGrammar),
        new("grammar", ParameterAction.Honoured, "string", "GBNF; only where the operator allows it", ReadGrammar),
        Parameters.Object<T>("structured_outputs", "one of json, regex, choice, grammar, json_object", ReadStructured),
        Parameters.Refused<T>("guided_decoding_backend", "string", NotOffered),
        Parameters.Refused<T>("guided_whitespace_pattern", "string", NotOffered),
    ];

    private static void ReadSchema<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            if (!reader.Text(path, value, Parameters.AnyLength, out var text)) return;
            try
            {
                using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = reader.Limits.MaxJsonDepth });
                ResponseFormatReader.Compile(reader, path, document.RootElement, draft);
            }
            catch (Exception failure) when (failure is JsonException or InvalidOperationException)
            {
                reader.Fail(ErrorTable.InvalidSchema, path, $"'{path}' is no JSON: {failure.Message}");
            }
        }
        else if (reader.Object(path, value))
        {
            ResponseFormatReader.Compile(reader, path, value, draft);
        }
    }

    private static void ReadPattern<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        if (!reader.Text(path, value, Parameters.AnyLength, out var pattern)) return;
        var result = SchemaCompiler.Pattern(pattern, OutputFormat.Rule);
        if (result.Error is { } error) reader.Fail(ErrorTable.InvalidSchema, path, $"'{path}' cannot be enforced: {error.Reason}");
        else ResponseFormatReader.Set(reader, path, draft, new OutputFormat(path, result.Gbnf!));
    }

    private static void ReadChoices<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        if (!reader.Array(path, value, 1, MostChoices)) return;
        var choices = new List<string>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (!reader.Text($"{path}[{choices.Count}]", item, LongestChoice, out var choice)) return;
            choices.Add(choice);
        }

        ResponseFormatReader.Set(reader, path, draft, new OutputFormat(path, SchemaCompiler.OneOf(choices, OutputFormat.Rule)));
    }

    private static void ReadGrammar<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        if (!reader.AllowsGrammar)
        {
            reader.Fail(ErrorTable.UnsupportedParameter, path, $"'{path}' is not supported: this server's operator has not allowed callers' own grammars.");
        }
        else if (reader.Text(path, value, Parameters.AnyLength, out var grammar))
        {
            ResponseFormatReader.Set(reader, path, draft, new OutputFormat(path, grammar, IsOwn: true));
        }
    }

    private static void ReadStructured<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        foreach (var property in value.EnumerateObject())
        {
            var name = FieldReader.Join(path, FieldReader.Quote(property.Name));
            if (property.Value.ValueKind == JsonValueKind.Null) continue;
            if (property.NameEquals("json"u8)) ReadSchema(reader, name, property.Value, draft);
            else if (property.NameEquals("regex"u8)) ReadPattern(reader, name, property.Value, draft);
            else if (property.NameEquals("choice"u8)) ReadChoices(reader, name, property.Value, draft);
            else if (property.NameEquals("grammar"u8)) ReadGrammar(reader, name, property.Value, draft);
            else if (!property.NameEquals("json_object"u8)) reader.Fail(ErrorTable.UnsupportedParameter, name, $"'{name}' is not supported: {NotOffered}");
            else if (reader.Flag(name, property.Value, out var anyObject) && anyObject) ResponseFormatReader.SetAnyObject(reader, name, draft);
            if (reader.Error is not null) return;
        }
    }
}
