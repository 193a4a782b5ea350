using System.Text.Json;
using PolarGrid.Audio;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Speech;

/// <summary>Every field of a speech request that this server knows (wire format section 11, PolarGrid section 7).</summary>
internal static class SpeechParameters
{
    public const int MostCharacters = 4096;

    private const int LongestLanguage = 35;

    /// <summary>In the order of OpenAI's document.</summary>
    private static readonly string[] Formats = ["mp3", "opus", "aac", "flac", "wav", "pcm"];

    public static ParameterTable<SpeechDraft> Table { get; } = new(
    [
        Parameters.Text<SpeechDraft>("model", Parameters.AnyLength, static (draft, name) => draft.Model = name) with { Required = true },
        new("input", ParameterAction.Honoured, "string", $"1 to {MostCharacters} characters, not only blanks", ReadInput) { Required = true },
        new("voice", ParameterAction.Honoured, "string or object", "see GET /v1/audio/voices", ReadVoice) { Required = true },
        Parameters.Choice<SpeechDraft>("response_format", Formats, static (draft, name) => draft.Format = AudioFormats.Find(name)!.Value),
        Parameters.Number<SpeechDraft>("speed", 0.25, 4, static (draft, speed) => draft.Speed = speed),
        Parameters.Flag<SpeechDraft>("stream", static (draft, stream) => draft.Stream = stream),
        Parameters.Choice<SpeechDraft>("stream_format", ["audio", "sse"], static (draft, format) => draft.Events = format == "sse"),
        Parameters.Text<SpeechDraft>("instructions", 4096, static (draft, text) => draft.Instructions = text) with
        {
            Range = "at most 4096 characters; models that follow them",
        },
        new("language", ParameterAction.Honoured, "string", "one that the model speaks, for example en or en-GB", ReadLanguage),
        Parameters.Refused<SpeechDraft>("voice_transcript", "string", "no voice model here clones voices. Choose one out of GET /v1/audio/voices."),
    ]);

    private static void ReadInput(FieldReader reader, string path, JsonElement value, SpeechDraft draft)
    {
        if (!reader.Text(path, value, Parameters.AnyLength, out var text)) return;
        var characters = 0;
        foreach (var _ in text.EnumerateRunes()) characters++;
        if (characters > MostCharacters)
        {
            reader.Fail(ErrorTable.StringTooLong, path, $"'{path}' has {characters} characters; at most {MostCharacters} are allowed. Send longer texts in parts.");
        }
        else if (string.IsNullOrWhiteSpace(text))
        {
            reader.Fail(ErrorTable.InvalidValue, path, $"'{path}' is blank; it must have 1 to {MostCharacters} characters that can be spoken.");
        }

        (draft.Input, draft.Characters) = (text, characters);
    }

    private static void ReadVoice(FieldReader reader, string path, JsonElement value, SpeechDraft draft)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (!member.NameEquals("id"u8)) reader.Unknown(FieldReader.Join(path, member.Name));
            }

            if (!value.TryGetProperty("id"u8, out var id) || id.ValueKind == JsonValueKind.Null)
            {
                reader.Fail(ErrorTable.Missing, path + ".id", $"'{path}.id' is required when '{path}' is an object.");
                return;
            }

            (path, value) = (path + ".id", id);
        }
        else if (value.ValueKind != JsonValueKind.String)
        {
            reader.WrongType(path, "a string or an object", value);
            return;
        }

        if (!reader.Text(path, value, Parameters.AnyLength, out var name)) return;
        if (string.IsNullOrWhiteSpace(name)) reader.Fail(ErrorTable.InvalidValue, path, $"'{path}' is blank; it must name a voice.");
        draft.Voice = name;
    }

    private static void ReadLanguage(FieldReader reader, string path, JsonElement value, SpeechDraft draft)
    {
        if (!reader.Text(path, value, LongestLanguage, out var name)) return;
        var tag = name.Replace('_', '-');
        if (tag.Length < 2 || !tag.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            reader.Fail(ErrorTable.InvalidValue, path, $"'{path}' is '{FieldReader.Quote(name)}'; it must be a language code such as en, en-GB or de.");
        }

        draft.Language = tag;
    }
}
