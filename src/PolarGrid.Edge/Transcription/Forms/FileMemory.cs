namespace PolarGrid.Edge.Transcription.Forms;

/// <summary>Counts the bytes of uploaded files that are in memory. Safe from any thread.</summary>
internal sealed class FileMemory(EdgeOptions options)
{
    private long used;

    /// <summary>Bytes taken.</summary>
    public long Used => Interlocked.Read(ref used);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref used, bytes) <= options.Transcription.MaxFileBytesTogether) return true;
        Interlocked.Add(ref used, -bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref used, -bytes);
}
