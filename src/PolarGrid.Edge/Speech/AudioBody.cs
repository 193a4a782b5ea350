using System.Buffers;
using Microsoft.AspNetCore.Http;
using PolarGrid.Contracts.Speech;
using PolarGrid.Edge.Errors;

namespace PolarGrid.Edge.Speech;

/// <summary>The audio itself. When it breaks the connection is cut: a player must not take a part for the whole.</summary>
internal sealed class AudioBody(HttpContext context, string mediaType) : SpeechBody(context, mediaType)
{
    public override void Write(ReadOnlySpan<byte> audio) => Output.Write(audio);

    public override void End(SpeechUsage usage)
    {
    }

    public override void Fail(ApiError error) => Context.Abort();
}
