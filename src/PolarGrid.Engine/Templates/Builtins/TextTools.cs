using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Operations on texts that filters and methods share. Each keeps every character's provenance.</summary>
internal static class TextTools
{
    public static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1c' and <= '\x1f';

    public static int CodePointCount(string text)
    {
        var count = text.Length;
        for (var i = 0; i + 1 < text.Length; i++)
            if (char.IsSurrogatePair(text[i], text[i + 1])) count--;
        return count;
    }

    /// <param name="characters">Null for whitespace.</param>
    public static StringValue Strip(RenderContext context, StringValue value, StringValue? characters, bool left, bool right)
    {
        var text = value.Text;
        var (start, end) = (0, text.Length);
        while (left && start < end && IsStripped(context, text[start], characters)) start++;
        while (right && end > start && IsStripped(context, text[end - 1], characters)) end--;
        return value.Slice(start, end - start);
    }

    /// <param name="count">At most so many; below zero all.</param>
    public static StringValue Replace(RenderContext context, StringValue value, StringValue old, StringValue replacement, long count)
    {
        var text = value.Text;
        if (old.Text.Length == 0) return Interleave(context, value, replacement, count);
        context.Search(text, old.Text);
        var next = count == 0 ? -1 : text.IndexOf(old.Text, StringComparison.Ordinal);
        if (next < 0) return value;

        var builder = new TextBuilder(context);
        var done = 0;
        while (next >= 0 && count != 0)
        {
            context.Step();
            builder.Append(value, done, next - done);
            builder.Append(replacement);
            done = next + old.Text.Length;
            count--;
            next = text.IndexOf(old.Text, done, StringComparison.Ordinal);
        }

        builder.Append(value, done, text.Length - done);
        return builder.ToValue();
    }

    public static StringValue Upper(StringValue value) => value.WithText(value.Text.ToUpperInvariant());

    public static StringValue Lower(StringValue value) => value.WithText(value.Text.ToLowerInvariant());

    public static StringValue Capitalize(StringValue value) =>
        Recase(value, static (previous, _) => previous == '\0');

    /// <summary>As Python's method: a letter after anything that is not a letter becomes a capital.</summary>
    public static StringValue Title(StringValue value) =>
        Recase(value, static (previous, _) => !char.IsLetter(previous));

    /// <summary>As Jinja's filter: only the first character of a word does, and words end at spaces, hyphens and brackets.</summary>
    public static StringValue TitleWords(StringValue value) =>
        Recase(value, static (previous, _) => previous is '\0' or '-' or '(' or '{' or '[' or '<' || char.IsWhiteSpace(previous));

    public static StringValue SwapCase(StringValue value) => Recase(value, static (_, character) => char.IsLower(character));

    public static StringValue Repeat(RenderContext context, StringValue value, long times)
    {
        if (times <= 0 || value.Text.Length == 0) return StringValue.Empty;
        context.EnsureText((Int128)value.Text.Length * times);
        if (value.Text.Length == 1)
        {
            context.ChargeText((int)times);
            var text = new string(value.Text[0], (int)times);
            return value.Trusted.Length > 0 ? StringValue.Trust(text) : StringValue.Untrusted(text);
        }

        var builder = new TextBuilder(context);
        context.Step((int)times);
        for (var i = 0; i < times; i++) builder.Append(value);
        return builder.ToValue();
    }

    public static StringValue Pad(RenderContext context, StringValue value, long width, StringValue fill, bool left, bool right)
    {
        if (fill.Text.Length != 1) throw TemplateFault.Evaluation("The fill character must be exactly one character long.");
        var missing = width - CodePointCount(value.Text);
        if (missing <= 0) return value;
        var before = !left ? 0 : right ? (missing / 2) + (missing & width & 1) : missing;
        var builder = new TextBuilder(context);
        builder.Append(Repeat(context, fill, before));
        builder.Append(value);
        builder.Append(Repeat(context, fill, missing - before));
        return builder.ToValue();
    }

    private static bool IsStripped(RenderContext context, char character, StringValue? characters)
    {
        if (characters is null) return IsSpace(character);
        context.Scan(characters);
        return characters.Text.Contains(character, StringComparison.Ordinal);
    }

    /// <summary>Replacing nothing puts the replacement before every code point and after the last.</summary>
    private static StringValue Interleave(RenderContext context, StringValue value, StringValue replacement, long count)
    {
        var builder = new TextBuilder(context);
        var text = value.Text;
        var i = 0;
        for (; i < text.Length && count != 0; count--)
        {
            context.Step();
            var width = char.IsSurrogatePair(text, i) ? 2 : 1;
            builder.Append(replacement);
            builder.Append(value, i, width);
            i += width;
        }

        if (count != 0) builder.Append(replacement);
        builder.Append(value, i, text.Length - i);
        return builder.ToValue();
    }

    private static StringValue Recase(StringValue value, Func<char, char, bool> isUpper)
    {
        var text = string.Create(value.Text.Length, (value.Text, isUpper), static (span, state) =>
        {
            var previous = '\0';
            for (var i = 0; i < span.Length; i++)
            {
                var character = state.Text[i];
                span[i] = state.isUpper(previous, character) ? char.ToUpperInvariant(character) : char.ToLowerInvariant(character);
                previous = character;
            }
        });
        return value.WithText(text);
    }
}
