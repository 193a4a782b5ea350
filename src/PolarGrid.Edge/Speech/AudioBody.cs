using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PolarGrid.Contracts.Speech;
using PolarGrid.Edge.Errors;

namespace PolarGrid.Edge.Speech;

/// <summary>The audio itself. When it breaks the connection is cut: a player must not take a part for the whole.</summary>
internal sealed class AudioBody(HttpContext context, string mediaType) : SpeechBody(context)
{
    public override void Begin(long? bytes)
    {
        Context.Response.ContentType = mediaType;
        Context.Response.ContentLength = bytes;
        if (bytes is null) Context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    public override void Write(ReadOnlySpan<byte> audio) => Output.Write(audio);

    public override void End(SpeechUsage usage)
    {
    }

    public override void Fail(ApiError error) => Context.Abort();
}
