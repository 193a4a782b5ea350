using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Transcription;

/// <summary>Every field of the transcription endpoints that this server knows (wire format sections 12 and 13, PolarGrid section 8).</summary>
internal static class TranscriptionParameters
{
    private const int LongestPrompt = 4096, MostKeywords = 100, LongestKeyword = 100;
    private const string OneSpeaker = "no recogniser here tells speakers apart.";

    /// <summary>Of <c>POST /v1/audio/transcriptions</c>, in the form or the query string.</summary>
    public static ParameterTable<TranscriptionDraft> Transcriptions { get; } = new(
    [
        File(),
        Model(),
        Language(),
        Prompt(),
        new("response_format", ParameterAction.Honoured, "string", string.Join(", ", TranscriptFormats.Names), ReadFormat) { Allowed = TranscriptFormats.Names },
        Temperature(),
        new("timestamp_granularities", ParameterAction.Honoured, "array of strings", "segment, word; with verbose_json only", ReadGranularities),
        Parameters.Flag<TranscriptionDraft>("stream", static (draft, stream) => draft.Stream = stream),
        Parameters.Flag<TranscriptionDraft>("async", static (draft, later) => draft.Async = later),
        Parameters.Flag<TranscriptionDraft>("sync", static (draft, now) => draft.Sync = now, ParameterAction.Accepted),
        Parameters.Flag<TranscriptionDraft>("punctuation", static (draft, marks) => draft.Punctuation = marks),
        ChunkingReader.Row(),
        new("keywords", ParameterAction.Accepted, "array of strings", $"at most {MostKeywords} of {LongestKeyword} characters", ReadKeywords),
        Parameters.Refused<TranscriptionDraft>(
            "languages", "array of strings", "give the one language of the recording as 'language', or none where the model finds it out.", IsEmpty),
        Parameters.Refused<TranscriptionDraft>("include", "array of strings", "no recogniser here gives log-probabilities of tokens.", IsEmpty),
        Parameters.Refused<TranscriptionDraft>("known_speaker_names", "array of strings", OneSpeaker, IsEmpty),
        Parameters.Refused<TranscriptionDraft>("known_speaker_references", "array of strings", OneSpeaker, IsEmpty),
    ]);

    /// <summary>Of <c>POST /v1/audio/translations</c>.</summary>
    public static ParameterTable<TranscriptionDraft> Translations { get; } = new(
    [
        File(),
        Model(),
        Prompt(),
        Parameters.Choice<TranscriptionDraft>("response_format", TranscriptFormats.Names, static (draft, name) => draft.Format = TranscriptFormats.Parse(name)),
        Temperature(),
    ]);

    /// <summary>Of the live session, all in the query string.</summary>
    public static ParameterTable<TranscriptionDraft> Live { get; } = new(
    [
        Model(),
        Parameters.Integer<TranscriptionDraft>("sample_rate", 8_000, 48_000, static (draft, rate) => draft.SampleRate = (int)rate),
        Language(),
        Prompt(),
        Temperature(),
        ChunkingReader.Row(),
    ]);

    /// <summary>Reading it is the form's business; the row says that it must be there.</summary>
    private static Parameter<TranscriptionDraft> File() =>
        new("file", ParameterAction.Honoured, "file", "audio in any container that can be read here; its name does not matter", static (_, _, _, _) => { }) { Required = true };

    private static Parameter<TranscriptionDraft> Model() =>
        Parameters.Text<TranscriptionDraft>("model", Parameters.AnyLength, static (draft, name) => draft.Model = name) with { Required = true };

    private static Parameter<TranscriptionDraft> Language() =>
        new("language", ParameterAction.Honoured, "string", "ISO 639-1, one that the model knows", ReadLanguage);

    private static Parameter<TranscriptionDraft> Prompt() =>
        Parameters.Text<TranscriptionDraft>("prompt", LongestPrompt, static (draft, text) => draft.Prompt = text) with
        {
            Range = $"at most {LongestPrompt} characters; a hint for models that take one, header x-polargrid-without-effect where not",
        };

    private static Parameter<TranscriptionDraft> Temperature() =>
        Parameters.Number<TranscriptionDraft>("temperature", 0, 1, static (draft, value) => draft.Temperature = value) with
        {
            Range = "0 to 1; for models that draw, header x-polargrid-without-effect where not",
        };

    private static void ReadLanguage(FieldReader reader, string path, JsonElement value, TranscriptionDraft draft)
    {
        if (!reader.Text(path, value, Parameters.AnyLength, out var code)) return;
        if (LanguageNames.IsCode(code)) draft.Language = code;
        else reader.Fail(ErrorTable.InvalidValue, path, $"'{path}' is '{FieldReader.Quote(code)}'; it must be a two-letter code of ISO 639-1 in lower case, for example en.");
    }

    private static void ReadFormat(FieldReader reader, string path, JsonElement value, TranscriptionDraft draft)
    {
        if (value.ValueKind == JsonValueKind.String && value.ValueEquals("diarized_json"u8))
        {
            reader.Fail(ErrorTable.UnsupportedValue, path, $"'{path}' diarized_json is not supported: {OneSpeaker} Ask for verbose_json.");
        }
        else if (reader.Choice(path, value, TranscriptFormats.Names, out var name))
        {
            draft.Format = TranscriptFormats.Parse(name);
        }
    }

    private static void ReadGranularities(FieldReader reader, string path, JsonElement value, TranscriptionDraft draft)
    {
        if (!reader.Array(path, value, 1, 2)) return;
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (!reader.Choice($"{path}[{index}]", item, ["segment", "word"], out var kind)) return;
            draft.WantsWords = (draft.WantsWords ?? false) || kind == "word";
            draft.WantsSegments = (draft.WantsSegments ?? false) || kind == "segment";
        }
    }

    private static void ReadKeywords(FieldReader reader, string path, JsonElement value, TranscriptionDraft draft)
    {
        if (!reader.Array(path, value, 0, MostKeywords)) return;
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (!reader.Text($"{path}[{index}]", item, LongestKeyword, out _)) return;
        }
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;
}
