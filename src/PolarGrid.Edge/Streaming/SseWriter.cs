using System.Buffers;
using System.Buffers.Text;
using PolarGrid.Contracts.Shared;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Streaming;

/// <summary>
/// Puts chunks into an output buffer, straight from the engine's UTF-8 and without allocating. Flushing is the caller's.
/// </summary>
internal sealed class SseWriter(IBufferWriter<byte> output, ChunkFormat format)
{
    /// <summary>Longer texts are written in pieces, so that the buffer's blocks need not grow with them.</summary>
    private const int PieceBytes = 512;

    private const int LongestNumber = 10;

    public void Role(int choice)
    {
        if (format.Role is { } role) Write(choice, role);
    }

    public void Delta(int choice, ReadOnlySpan<byte> text) => Text(choice, format.BeforeText, text, format.AfterText);

    /// <summary>A text between other parts of a delta than content's.</summary>
    public void Text(int choice, byte[] before, ReadOnlySpan<byte> text, byte[] after)
    {
        if (text.Length <= PieceBytes)
        {
            Short(choice, before, text, after);
            return;
        }

        Long(choice, before, text);
        output.Write(after);
    }

    /// <summary>All of a chunk behind the choice's number.</summary>
    public void Raw(int choice, byte[] rest) => Write(choice, rest);

    /// <summary>A text with the log-probabilities of its tokens.</summary>
    public void Delta(int choice, ReadOnlySpan<byte> text, LogprobRange logprobs)
    {
        Long(choice, format.BeforeText, text);
        output.Write(format.BeforeLogprobs);
        output.Write(format.LogprobsOf(logprobs));
        output.Write(format.AfterLogprobs);
    }

    /// <param name="choice">Which choice ends.</param>
    /// <param name="rest">One of the format's endings.</param>
    /// <param name="metadata">What the last chunk of the stream says of the answer; null elsewhere.</param>
    public void Finish(int choice, byte[] rest, AnswerMetadata? metadata = null)
    {
        if (metadata is null)
        {
            Write(choice, rest);
            return;
        }

        Start(choice);
        output.Write(rest.AsSpan(0, rest.Length - format.Tail.Length));
        output.Write(format.TailWith(metadata));
    }

    public void Usage(GenerationUsage usage, int reasoningTokens, AnswerMetadata? metadata) =>
        output.Write(format.UsageChunk(usage, reasoningTokens, metadata));

    private void Long(int choice, byte[] before, ReadOnlySpan<byte> text)
    {
        Start(choice);
        output.Write(before);
        while (!text.IsEmpty)
        {
            var piece = text[..Math.Min(PieceBytes, text.Length)];
            output.Advance(JsonEscaper.Escape(piece, output.GetSpan(piece.Length * JsonEscaper.Growth)));
            text = text[piece.Length..];
        }
    }

    /// <summary>The common case in one reservation of output space.</summary>
    private void Short(int choice, byte[] before, ReadOnlySpan<byte> text, byte[] after)
    {
        var most = format.Head.Length + LongestNumber + before.Length + (text.Length * JsonEscaper.Growth) + after.Length;
        var span = output.GetSpan(most);
        var at = Put(format.Head, span, 0);
        Utf8Formatter.TryFormat(choice, span[at..], out var digits);
        at = Put(before, span, at + digits);
        at += JsonEscaper.Escape(text, span[at..]);
        output.Advance(Put(after, span, at));
    }

    private void Write(int choice, byte[] rest)
    {
        Start(choice);
        output.Write(rest);
    }

    private void Start(int choice)
    {
        var span = output.GetSpan(format.Head.Length + LongestNumber);
        var at = Put(format.Head, span, 0);
        Utf8Formatter.TryFormat(choice, span[at..], out var digits);
        output.Advance(at + digits);
    }

    private static int Put(byte[] source, Span<byte> target, int at)
    {
        source.CopyTo(target[at..]);
        return at + source.Length;
    }
}
