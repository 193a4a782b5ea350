using PolarGrid.Audio;
using PolarGrid.Edge.Errors;

namespace PolarGrid.Edge.Speech;

/// <summary>What was read from the body of a speech request.</summary>
internal sealed class SpeechDraft
{
    public string Model { get; set; } = "";

    public string Input { get; set; } = "";

    /// <summary>Of <see cref="Input"/>, as Unicode counts them.</summary>
    public int Characters { get; set; }

    public string Voice { get; set; } = "";

    /// <summary>MP3 as with OpenAI (decision W6).</summary>
    public AudioFormat Format { get; set; } = AudioFormat.Mp3;

    public float Speed { get; set; } = 1;

    public bool? Stream { get; set; }

    /// <summary>Whether <c>stream_format</c> asks for events, or for bare audio; null: it does not say.</summary>
    public bool? Events { get; set; }

    public string Instructions { get; set; } = "";

    public string? Language { get; set; }

    /// <summary>
    /// Whether the answer goes out while it is made. A request that does not say gets it so, as with OpenAI; but a wav file then has a
    /// header without a length, so that one is sent whole unless streaming is asked for.
    /// </summary>
    public bool Streams => Stream ?? (Events is not null || Format != AudioFormat.Wav);

    public bool SendsEvents => Events is true;

    /// <summary>Finds fields that contradict each other.</summary>
    public ApiError? CheckTogether() =>
        Stream is false && SendsEvents
            ? new(ErrorTable.Inconsistent, "'stream_format' is 'sse', which is a stream, but 'stream' is false. Leave one of them out.", "stream_format")
            : null;
}
