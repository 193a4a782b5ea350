using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Edge.Transcription.Listening;

namespace PolarGrid.Edge.Transcription;

/// <summary>Reads <c>chunking_strategy</c>. Long audio is always cut by voice activity here; the object says how.</summary>
internal static class ChunkingReader
{
    private const double MostPaddingMs = 2_000, LeastSilenceMs = 50, MostSilenceMs = 5_000;

    public static Parameter<TranscriptionDraft> Row() => new(
        "chunking_strategy",
        ParameterAction.Honoured,
        "string or object",
        "auto, or server_vad with prefix_padding_ms 0 to 2000, silence_duration_ms 50 to 5000, threshold 0 to 1",
        Read);

    private static void Read(FieldReader reader, string path, JsonElement value, TranscriptionDraft draft)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            reader.Choice(path, value, ["auto"], out _);
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            reader.WrongType(path, "'auto' or an object", value);
            return;
        }

        if (!value.TryGetProperty("type"u8, out var type) || type.ValueKind == JsonValueKind.Null)
        {
            reader.Fail(ErrorTable.Missing, path + ".type", $"'{path}.type' is required; it must be server_vad.");
            return;
        }

        draft.Detection = VoiceDetection.Documented;
        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null) ReadMember(reader, FieldReader.Join(path, member.Name), member, draft);
        }
    }

    private static void ReadMember(FieldReader reader, string path, JsonProperty member, TranscriptionDraft draft)
    {
        double number;
        switch (member.Name)
        {
            case "type":
                reader.Choice(path, member.Value, ["server_vad"], out _);
                break;
            case "threshold" when reader.Number(path, member.Value, 0, 1, out number):
                draft.Detection = draft.Detection with { Threshold = (float)number };
                break;
            case "prefix_padding_ms" when reader.Number(path, member.Value, 0, MostPaddingMs, out number):
                draft.Detection = draft.Detection with { PaddingSeconds = number / 1000 };
                break;
            case "silence_duration_ms" when reader.Number(path, member.Value, LeastSilenceMs, MostSilenceMs, out number):
                draft.Detection = draft.Detection with { SilenceSeconds = number / 1000 };
                break;
            case "threshold" or "prefix_padding_ms" or "silence_duration_ms":
                break;
            default:
                reader.Unknown(path);
                break;
        }
    }
}
