namespace PolarGrid.Engine;

/// <summary>Log-probabilities of tokens in a row, each followed by its alternatives, and their texts. Not thread-safe.</summary>
public sealed class LogprobBlock
{
    private TokenLogprob[] records = new TokenLogprob[16];
    private byte[] text = new byte[256];
    private int textLength;

    /// <summary>Records, alternatives among them.</summary>
    public int Count { get; private set; }

    /// <summary>All records; valid until the block changes.</summary>
    public ReadOnlySpan<TokenLogprob> Records => records.AsSpan(0, Count);

    public ReadOnlySpan<byte> Text(in TokenLogprob record) => text.AsSpan(record.TextStart, record.TextLength);

    /// <summary>Adds a token, or an alternative of the token before.</summary>
    /// <param name="record">Where its text lies is set here.</param>
    /// <param name="utf8">Its text.</param>
    public void Add(TokenLogprob record, ReadOnlySpan<byte> utf8)
    {
        if (Count == records.Length) Array.Resize(ref records, Count * 2);
        if (textLength + utf8.Length > text.Length) Array.Resize(ref text, Math.Max(text.Length * 2, textLength + utf8.Length));
        utf8.CopyTo(text.AsSpan(textLength));
        records[Count++] = record with { TextStart = textLength, TextLength = utf8.Length };
        textLength += utf8.Length;
    }

    /// <summary>Adds a run of another block's records.</summary>
    public void Append(LogprobBlock other, int start, int count)
    {
        foreach (ref readonly var record in other.Records.Slice(start, count)) Add(record, other.Text(record));
    }

    public void Clear()
    {
        Count = 0;
        textLength = 0;
    }
}

/// <summary>A run of records in a block.</summary>
/// <param name="Block">Read by one thread at a time.</param>
/// <param name="Start">Its first record.</param>
/// <param name="Count">Its records, alternatives among them; 0 when there are none.</param>
public readonly record struct LogprobRange(LogprobBlock Block, int Start, int Count)
{
    public ReadOnlySpan<TokenLogprob> Records => Block.Records.Slice(Start, Count);

    public ReadOnlySpan<byte> Text(in TokenLogprob record) => Block.Text(record);
}
