namespace PolarGrid.Engine.Answers;

/// <summary>Text that waits for more, because it cannot be told yet what it is. Grows with what it holds, then allocates nothing.</summary>
internal sealed class HeldText
{
    private byte[] bytes = [];
    private int start;
    private int end;

    public ReadOnlySpan<byte> Text => bytes.AsSpan(start, end - start);

    public int Length => end - start;

    public void Append(ReadOnlySpan<byte> text)
    {
        if (start == end) (start, end) = (0, 0);
        if (end + text.Length > bytes.Length)
        {
            var target = Length + text.Length > bytes.Length ? new byte[Math.Max(256, (Length + text.Length) * 2)] : bytes;
            Text.CopyTo(target);
            (end, start, bytes) = (Length, 0, target);
        }

        text.CopyTo(bytes.AsSpan(end));
        end += text.Length;
    }

    /// <summary>Drops the first bytes. Spans taken before stay valid until the next <see cref="Append"/>.</summary>
    public void Drop(int count) => start += count;
}
