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

    public void Delta(int choice, ReadOnlySpan<byte> text)
    {
        if (text.Length <= PieceBytes)
        {
            Short(choice, text);
            return;
        }

        Long(choice, text);
        output.Write(format.AfterText);
    }

    /// <summary>A text with the log-probabilities of its tokens.</summary>
    public void Delta(int choice, ReadOnlySpan<byte> text, LogprobRange logprobs)
    {
        Long(choice, text);
        output.Write(format.BeforeLogprobs);
        output.Write(format.LogprobsOf(logprobs));
        output.Write(format.AfterLogprobs);
    }

    /// <param name="choice">Which choice ends.</param>
    /// <param name="reason">Why.</param>
    /// <param name="metadata">What the last chunk of the stream says of the answer; null elsewhere.</param>
    public void Finish(int choice, FinishReason reason, AnswerMetadata? metadata = null)
    {
        var rest = reason == FinishReason.Length ? format.CutByLength : format.Stopped;
        if (metadata is null)
        {
            Write(choice, rest);
            return;
        }

        Start(choice);
        output.Write(rest.AsSpan(0, rest.Length - format.Tail.Length));
        output.Write(format.TailWith(metadata));
    }

    public void Usage(GenerationUsage usage, AnswerMetadata? metadata = null) => output.Write(format.UsageChunk(usage, metadata));

    public void Done() => output.Write("data: [DONE]\n\n"u8);

    public void KeepAlive() => output.Write(": keep-alive\n\n"u8);

    private void Long(int choice, ReadOnlySpan<byte> text)
    {
        Start(choice);
        output.Write(format.BeforeText);
        while (!text.IsEmpty)
        {
            var piece = text[..Math.Min(PieceBytes, text.Length)];
            output.Advance(JsonEscaper.Escape(piece, output.GetSpan(piece.Length * JsonEscaper.Growth)));
            text = text[piece.Length..];
        }
    }

    /// <summary>The common case in one reservation of output space.</summary>
    private void Short(int choice, ReadOnlySpan<byte> text)
    {
        var most = format.Head.Length + LongestNumber + format.BeforeText.Length + (text.Length * JsonEscaper.Growth) + format.AfterText.Length;
        var span = output.GetSpan(most);
        var at = Put(format.Head, span, 0);
        Utf8Formatter.TryFormat(choice, span[at..], out var digits);
        at = Put(format.BeforeText, span, at + digits);
        at += JsonEscaper.Escape(text, span[at..]);
        output.Advance(Put(format.AfterText, span, at));
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
