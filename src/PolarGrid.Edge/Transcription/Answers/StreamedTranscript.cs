using PolarGrid.Contracts;
using PolarGrid.Contracts.Transcription;
using PolarGrid.Edge.Streaming;

namespace PolarGrid.Edge.Transcription.Answers;

/// <summary>A transcription as server-sent events.</summary>
internal sealed class StreamedTranscript(EventStream events)
{
    public Task DeltaAsync(string delta) => events.SendAsync(() =>
        ServerSentEvents.Write(events.Output, new TranscriptTextDelta { Delta = delta }, WireJson.Wire.TranscriptTextDelta));

    /// <summary>The last event and <c>[DONE]</c>.</summary>
    public Task DoneAsync(string text, double seconds) => events.EndAsync(() =>
        ServerSentEvents.Write(
            events.Output, new TranscriptTextDone { Text = text, Usage = TranscriptWriter.UsageOf(seconds) }, WireJson.Wire.TranscriptTextDone));
}
