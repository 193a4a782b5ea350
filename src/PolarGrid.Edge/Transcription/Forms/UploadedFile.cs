using System.Buffers;

namespace PolarGrid.Edge.Transcription.Forms;

/// <summary>A file in pooled memory that grows as bytes come, never by what somebody announced. Dispose it once nothing reads it.</summary>
internal sealed class UploadedFile(FileMemory memory) : IDisposable
{
    private const int FirstBytes = 64 * 1024;

    private byte[] buffer = [];
    private long taken;

    /// <summary>Bytes so far.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of memory that are counted for it.</summary>
    public long HeldBytes => taken;

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, Length);

    /// <summary>Reads all of a stream.</summary>
    /// <param name="source">Throws what a broken form throws.</param>
    /// <param name="most">Bytes.</param>
    /// <param name="cancellationToken">The caller left.</param>
    public async Task<UploadOutcome> FillAsync(Stream source, long most, CancellationToken cancellationToken)
    {
        while (Length < most)
        {
            if (Length == buffer.Length && !TryGrow(most)) return UploadOutcome.NoMemory;
            var room = (int)Math.Min(buffer.Length, most) - Length;
            var read = await source.ReadAsync(buffer.AsMemory(Length, room), cancellationToken);
            if (read == 0) return UploadOutcome.Complete;
            Length += read;
        }

        return await source.ReadAsync(new byte[1], cancellationToken) == 0 ? UploadOutcome.Complete : UploadOutcome.TooLarge;
    }

    public void Dispose()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        memory.Give(taken);
        (buffer, Length, taken) = ([], 0, 0);
    }

    /// <summary>Never counts more than a file may have: one that is allowed always fits into an empty server.</summary>
    private bool TryGrow(long most)
    {
        var wanted = Math.Min(Math.Max(FirstBytes, 2L * buffer.Length), Math.Min(most, Array.MaxLength));
        if (wanted <= buffer.Length || !memory.TryTake(wanted - taken)) return false;
        taken = wanted;
        var larger = ArrayPool<byte>.Shared.Rent((int)wanted);
        Bytes.CopyTo(larger);
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
        return true;
    }
}

/// <summary>How reading a file ended.</summary>
internal enum UploadOutcome
{
    Complete,
    TooLarge,
    NoMemory,
}
