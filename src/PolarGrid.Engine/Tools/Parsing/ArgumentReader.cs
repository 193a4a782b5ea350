using PolarGrid.Engine.Answers;

namespace PolarGrid.Engine.Tools.Parsing;

/// <summary>
/// Passes a call's arguments on while they come in, up to the end of the JSON value. A text is unpacked: some models write the object
/// inside a string. <c>null</c> becomes an empty object.
/// </summary>
internal sealed class ArgumentReader
{
    private ValueScanner scanner;
    private bool begun;
    private bool packed;

    public bool IsComplete { get; private set; }

    public void Reset()
    {
        scanner = default;
        (begun, packed, IsComplete) = (false, false, false);
    }

    /// <returns>How many bytes were used; the rest is to be given again, with more.</returns>
    public int Read(ReadOnlySpan<byte> text, IAnswerSink sink)
    {
        var at = 0;
        if (!begun)
        {
            at = Markers.SpaceLength(text);
            if (at == text.Length) return at;
            if (text[at] is not ((byte)'{' or (byte)'[' or (byte)'"')) return at + ReadPlain(text[at..], sink);
            begun = true;
            packed = text[at] == '"';
            if (packed) at++;
        }

        return at + (packed ? Unpack(text[at..], sink) : Pass(text[at..], sink));
    }

    /// <summary>A number, a word or nothing at all.</summary>
    private int ReadPlain(ReadOnlySpan<byte> text, IAnswerSink sink)
    {
        var length = 0;
        while (length < text.Length && scanner.Next(text[length]) == ValueStep.Inside) length++;
        if (length == text.Length)
        {
            scanner = default;
            return 0;
        }

        sink.Arguments(length == 0 || text[..length].SequenceEqual("null"u8) ? "{}"u8 : text[..length]);
        IsComplete = true;
        return length;
    }

    private int Pass(ReadOnlySpan<byte> text, IAnswerSink sink)
    {
        var length = 0;
        while (length < text.Length && !IsComplete) IsComplete = scanner.Next(text[length++]) == ValueStep.Last;
        if (length > 0) sink.Arguments(text[..length]);
        return length;
    }

    private int Unpack(ReadOnlySpan<byte> text, IAnswerSink sink)
    {
        var at = 0;
        while (at < text.Length && !IsComplete)
        {
            var plain = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            var run = plain < 0 ? text[at..] : text.Slice(at, plain);
            if (run.Length > 0) sink.Arguments(run);
            at += run.Length;
            if (plain < 0) break;
            if (text[at] == '"')
            {
                at++;
                IsComplete = true;
                break;
            }

            var used = JsonEscapes.Write(text[at..], sink);
            if (used == 0) break;
            at += used;
        }

        return at;
    }
}
