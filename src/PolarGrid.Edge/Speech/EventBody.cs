using System.Buffers;
using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Speech;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Streaming;

namespace PolarGrid.Edge.Speech;

/// <summary>
/// Server-sent events: pieces of the audio as base64, then one event that says what was used (wire format section 11). No <c>[DONE]</c>
/// follows, as with OpenAI. A stream that breaks ends with an error event instead.
/// </summary>
internal sealed class EventBody(HttpContext context) : SpeechBody(context)
{
    /// <summary>Bytes that three fit into: only the last piece of an audio is padded, so the pieces decode joined as well as one by one.</summary>
    private const int PieceBytes = 12 * 1024;

    private readonly byte[] kept = new byte[3];
    private int keptBytes;

    public override void Begin(long? bytes) => ServerSentEvents.Open(Context);

    public override void Write(ReadOnlySpan<byte> audio)
    {
        while (keptBytes is > 0 and < 3 && !audio.IsEmpty)
        {
            kept[keptBytes++] = audio[0];
            audio = audio[1..];
        }

        if (keptBytes == 3) WriteKept();
        var whole = audio.Length - audio.Length % 3;
        for (var at = 0; at < whole; at += PieceBytes) WriteDelta(audio[at..Math.Min(whole, at + PieceBytes)]);
        if (keptBytes > 0) return;
        audio[whole..].CopyTo(kept);
        keptBytes = audio.Length - whole;
    }

    public override void End(SpeechUsage usage)
    {
        if (keptBytes > 0) WriteKept();
        ServerSentEvents.Write(Output, new SpeechAudioDone { Usage = usage }, WireJson.Wire.SpeechAudioDone);
    }

    public override void Fail(ApiError error) => ErrorWriter.WriteEvent(Output, error);

    public override bool KeepAlive()
    {
        Output.Write(ServerSentEvents.KeepAlive);
        return true;
    }

    private void WriteKept()
    {
        WriteDelta(kept.AsSpan(0, keptBytes));
        keptBytes = 0;
    }

    private void WriteDelta(ReadOnlySpan<byte> piece)
    {
        Output.Write("data: {\"type\":\"speech.audio.delta\",\"audio\":\""u8);
        var text = Output.GetSpan(Base64.GetMaxEncodedToUtf8Length(piece.Length));
        Base64.EncodeToUtf8(piece, text, out _, out var written);
        Output.Advance(written);
        Output.Write("\"}\n\n"u8);
    }
}
