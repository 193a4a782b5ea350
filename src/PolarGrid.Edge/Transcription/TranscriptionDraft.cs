using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Transcription.Listening;

namespace PolarGrid.Edge.Transcription;

/// <summary>What was read from the fields of a transcription, a translation or a live session. Null: the caller said nothing.</summary>
internal sealed class TranscriptionDraft
{
    public string Model { get; set; } = "";

    public string? Language { get; set; }

    public string? Prompt { get; set; }

    public float Temperature { get; set; }

    public TranscriptFormat Format { get; set; }

    public bool? WantsWords { get; set; }

    public bool? WantsSegments { get; set; }

    public bool? Punctuation { get; set; }

    public bool Stream { get; set; }

    public bool Sync { get; set; }

    public bool Async { get; set; }

    public VoiceDetection Detection { get; set; } = VoiceDetection.Usual;

    /// <summary>Hertz; live sessions only.</summary>
    public int SampleRate { get; set; } = 16_000;

    /// <summary>Finds fields that contradict each other.</summary>
    public ApiError? CheckTogether()
    {
        var modes = new[] { (Stream, "stream"), (Sync, "sync"), (Async, "async") }.Where(mode => mode.Item1).Select(mode => mode.Item2).ToArray();
        if (modes.Length > 1)
        {
            return new(ErrorTable.Inconsistent, $"'{modes[0]}' and '{modes[1]}' exclude each other; leave one of them out.", modes[1]);
        }

        if (Stream && Format is not (TranscriptFormat.Json or TranscriptFormat.Text))
        {
            return new(
                ErrorTable.Inconsistent,
                $"'response_format' is '{Format.Name()}', but a stream carries text alone; leave 'stream' out, or ask for json.",
                "response_format");
        }

        return (WantsWords ?? WantsSegments) is not null && Format != TranscriptFormat.VerboseJson
            ? new(
                ErrorTable.Inconsistent,
                $"'timestamp_granularities' needs 'response_format' verbose_json; it is '{Format.Name()}'.",
                "timestamp_granularities")
            : null;
    }
}
