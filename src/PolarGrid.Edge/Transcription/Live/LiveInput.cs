namespace PolarGrid.Edge.Transcription.Live;

/// <summary>What came from a client: audio, the end of it, or a reason to close.</summary>
/// <param name="Audio">Bytes of samples; empty for the others.</param>
/// <param name="Close">Why the session ends; null where it goes on or ends well.</param>
internal readonly record struct LiveInput(ReadOnlyMemory<byte> Audio, LiveClose? Close = null)
{
    /// <summary><c>input.done</c>: all that was sent is to be heard to its end.</summary>
    public static LiveInput Done { get; } = new(default, LiveClose.Done);
}
