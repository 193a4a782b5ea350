using System.Buffers;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>A text, and which of its characters came from the template rather than from a caller.</summary>
internal sealed class StringValue(string text, TextRange[] trusted) : TemplateValue
{
    public static readonly StringValue Empty = new(string.Empty, TrustedRanges.None);
    private static readonly SearchValues<char> Surrogates =
        SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    public string Text { get; } = text;

    public TextRange[] Trusted { get; } = trusted;

    internal override string Noun => "a string";

    internal override bool IsTruthy => Text.Length > 0;

    /// <summary>Python counts and indexes code points. Without surrogates those are the characters.</summary>
    public bool HasSurrogates => Text.AsSpan().ContainsAny(Surrogates);

    public static StringValue Untrusted(string text) => text.Length == 0 ? Empty : new StringValue(text, TrustedRanges.None);

    public static StringValue Trust(string text) => new(text, TrustedRanges.All(text.Length));

    public StringValue Slice(int start, int length)
    {
        if (length == 0) return Empty;
        return length == Text.Length ? this : new StringValue(Text.Substring(start, length), TrustedRanges.Slice(Trusted, start, length));
    }

    /// <summary>The same characters' places under a mapping that keeps each in its place, as upper case does.</summary>
    public StringValue WithText(string sameLength) => new(sameLength, Trusted);
}
