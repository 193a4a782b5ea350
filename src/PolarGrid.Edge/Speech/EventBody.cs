using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Speech;
using PolarGrid.Edge.Errors;

namespace PolarGrid.Edge.Speech;

/// <summary>
/// Server-sent events: pieces of the audio as base64, then one event that says what was used (wire format section 11). No <c>[DONE]</c>
/// follows, as with OpenAI. A stream that breaks ends with an error event instead.
/// </summary>
internal sealed class EventBody(HttpContext context) : SpeechBody(context, "text/event-stream")
{
    /// <summary>Divisible by 3, so that only the last piece of an audio is padded.</summary>
    private const int PieceBytes = 12 * 1024;

    public override void Begin(long? bytes)
    {
        base.Begin(bytes);
        Context.Response.Headers.CacheControl = "no-cache";
        Context.Response.Headers["X-Accel-Buffering"] = "no";
    }

    public override void Write(ReadOnlySpan<byte> audio)
    {
        while (!audio.IsEmpty)
        {
            var piece = audio[..Math.Min(PieceBytes, audio.Length)];
            audio = audio[piece.Length..];
            Output.Write("data: {\"type\":\"speech.audio.delta\",\"audio\":\""u8);
            var text = Output.GetSpan(Base64.GetMaxEncodedToUtf8Length(piece.Length));
            Base64.EncodeToUtf8(piece, text, out _, out var written);
            Output.Advance(written);
            Output.Write("\"}\n\n"u8);
        }
    }

    public override void End(SpeechUsage usage)
    {
        Output.Write("data: "u8);
        Output.Write(JsonSerializer.SerializeToUtf8Bytes(new SpeechAudioDone { Usage = usage }, WireJson.Wire.SpeechAudioDone));
        Output.Write("\n\n"u8);
    }

    public override void Fail(ApiError error) => Output.Write(ErrorWriter.EventBytesOf(error));

    public override bool KeepAlive()
    {
        Output.Write(": keep-alive\n\n"u8);
        return true;
    }
}
