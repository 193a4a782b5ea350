using System.Text;

namespace PolarGrid.Testing.OpenApi;

/// <summary>Passes bytes on and looks at them: events as soon as they are complete, a JSON body at its end.</summary>
internal sealed class ObservedStream(Stream inner, string schema, bool streamed) : Stream
{
    private readonly MemoryStream seen = new();
    private bool ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Look(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Look(buffer.AsSpan(offset, read));
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Look(ReadOnlySpan<byte> bytes)
    {
        if (ended) return;
        seen.Write(bytes);
        ended = bytes.IsEmpty;
        if (!streamed)
        {
            if (ended && seen.Length > 0) PublishedShapes.Check(schema, Encoding.UTF8.GetString(seen.ToArray()));
            return;
        }

        // Whole events only, so that no character is cut.
        var last = seen.GetBuffer().AsSpan(0, (int)seen.Length).LastIndexOf("\n\n"u8);
        if (last < 0) return;
        var whole = seen.ToArray();
        PublishedShapes.CheckEvents(schema, Encoding.UTF8.GetString(whole, 0, last + 2));
        seen.SetLength(0);
        seen.Write(whole.AsSpan(last + 2));
    }
}
