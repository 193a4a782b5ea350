using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using PolarGrid.Contracts.Speech;
using PolarGrid.Edge.Errors;

namespace PolarGrid.Edge.Speech;

/// <summary>How encoded audio becomes a response's body. Flushing is the caller's.</summary>
internal abstract class SpeechBody(HttpContext context)
{
    protected HttpContext Context { get; } = context;

    protected PipeWriter Output { get; } = context.Response.BodyWriter;

    /// <summary>Sets the headers. Called once, before anything is written.</summary>
    /// <param name="bytes">Of the whole answer; null where it goes out while it is made.</param>
    public abstract void Begin(long? bytes);

    /// <summary>A piece of the audio, 1 byte or more.</summary>
    public abstract void Write(ReadOnlySpan<byte> audio);

    /// <summary>All audio is written.</summary>
    public abstract void End(SpeechUsage usage);

    /// <summary>Tells a failure after the beginning, as far as this body can.</summary>
    public abstract void Fail(ApiError error);

    /// <summary>Sends what is written; ends when the reader has taken enough of it.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken) => await Output.FlushAsync(cancellationToken);

    /// <summary>Something without meaning, for proxies that close silent connections; false where this body has nothing of that kind.</summary>
    public virtual bool KeepAlive() => false;
}
