using PolarGrid.Engine;

namespace PolarGrid.Edge.Streaming;

/// <summary>
/// Picks from one choice's log-probabilities those of its content: a token counts as content when its first character does. Thinking,
/// markers and calls have none on the wire, and hidden thinking must not be seen through them. Not thread-safe.
/// </summary>
internal sealed class ContentLogprobs
{
    private readonly LogprobBlock waiting = new();
    private int next;
    private int characters;

    /// <summary>Those of content that is settled; whoever sends them clears it.</summary>
    public LogprobBlock Ready { get; } = new();

    /// <summary>Takes the tokens of text that is about to be read.</summary>
    public void Add(LogprobRange range) => waiting.Append(range.Block, range.Start, range.Count);

    /// <param name="text">Continues what was settled before.</param>
    /// <param name="isContent">Whether its tokens are to be seen.</param>
    public void Settle(ReadOnlySpan<byte> text, bool isContent)
    {
        foreach (var value in text)
        {
            // All but the continuation bytes of UTF-8.
            if ((value & 0xC0) != 0x80) characters++;
        }

        while (next < waiting.Count && waiting.Records[next].Characters < characters)
        {
            var length = 1 + waiting.Records[next].Alternatives;
            if (isContent) Ready.Append(waiting, next, length);
            next += length;
        }

        if (next < waiting.Count) return;
        waiting.Clear();
        next = 0;
    }
}
