using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>Collects text with its trusted ranges; every character is charged to the rendering's budget.</summary>
internal sealed class TextBuilder(RenderContext context, int limit = int.MaxValue)
{
    private char[] _buffer = [];
    private TextRange[] _trusted = [];
    private int _ranges;

    public int Length { get; private set; }

    public void Append(StringValue value) => Append(value, 0, value.Text.Length);

    public void Append(StringValue value, int start, int length)
    {
        var offset = Length;
        Append(value.Text.AsSpan(start, length), trusted: false);
        var ranges = value.Trusted;
        for (var i = TrustedRanges.FirstEndingAfter(ranges, start); i < ranges.Length && ranges[i].Start < start + length; i++)
        {
            var from = Math.Max(ranges[i].Start, start);
            var to = Math.Min(ranges[i].End, start + length);
            Trust(offset + from - start, to - from);
        }
    }

    public void Append(ReadOnlySpan<char> text, bool trusted)
    {
        context.ChargeText(text.Length);
        if (text.Length > limit - Length)
            throw TemplateFault.Exceeded(nameof(TemplateLimits.MaxOutputCharacters), limit, "its output is too long");
        Reserve(text.Length);
        text.CopyTo(_buffer.AsSpan(Length));
        if (trusted) Trust(Length, text.Length);
        Length += text.Length;
    }

    public void Append(char character, bool trusted) => Append([character], trusted);

    public StringValue ToValue() =>
        Length == 0 ? StringValue.Empty : new StringValue(ToString(), _trusted.AsSpan(0, _ranges).ToArray());

    public RenderedPrompt ToPrompt() => new(ToString(), _trusted.AsSpan(0, _ranges).ToArray());

    public override string ToString() => new(_buffer, 0, Length);

    private void Trust(int start, int length)
    {
        if (length == 0) return;
        if (_ranges > 0 && _trusted[_ranges - 1].End == start)
        {
            _trusted[_ranges - 1] = _trusted[_ranges - 1] with { Length = _trusted[_ranges - 1].Length + length };
            return;
        }

        if (_ranges == _trusted.Length) Array.Resize(ref _trusted, Math.Max(4, _ranges * 2));
        _trusted[_ranges++] = new TextRange(start, length);
    }

    private void Reserve(int more)
    {
        if (Length + more <= _buffer.Length) return;
        Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(Length + (long)more, Math.Max(256, _buffer.Length * 2L))));
    }
}
