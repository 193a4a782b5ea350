using System.Net;

namespace PolarGrid.Cli.Speech;

/// <summary>A file that tells how much of it is sent. Owns nothing: the file is the caller's.</summary>
/// <param name="file">From its beginning.</param>
/// <param name="sent">Bytes sent, bytes there are.</param>
internal sealed class WatchedContent(FileStream file, Action<long, long> sent) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var total = file.Length;
        var buffer = new byte[64 * 1024];
        var done = 0L;
        while (await file.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            sent(done += count, total);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = file.Length;
        return true;
    }
}
