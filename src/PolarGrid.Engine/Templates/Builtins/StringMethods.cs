using System.Collections.Frozen;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>The methods of Python's <c>str</c> that templates use.</summary>
internal static class StringMethods
{
    private delegate TemplateValue Method(RenderContext context, StringValue self, Arguments arguments);

    private static readonly FrozenDictionary<string, Operation> Table = new Dictionary<string, Operation>
    {
        ["strip"] = On((c, s, a) => Strip(c, s, a, "strip()", left: true, right: true)),
        ["lstrip"] = On((c, s, a) => Strip(c, s, a, "lstrip()", left: true, right: false)),
        ["rstrip"] = On((c, s, a) => Strip(c, s, a, "rstrip()", left: false, right: true)),
        ["upper"] = On((_, s, _) => TextTools.Upper(s)),
        ["lower"] = On((_, s, _) => TextTools.Lower(s)),
        ["casefold"] = On((_, s, _) => TextTools.Lower(s)),
        ["title"] = On((_, s, _) => TextTools.Title(s)),
        ["capitalize"] = On((_, s, _) => TextTools.Capitalize(s)),
        ["swapcase"] = On((_, s, _) => TextTools.SwapCase(s)),
        ["split"] = On(Split),
        ["rsplit"] = On(SplitFromRight),
        ["splitlines"] = On((c, s, a) => Splitting.Lines(c, s, a.Flag(0, "keepends"))),
        ["partition"] = On((c, s, a) => Splitting.Partition(c, s, a.RequireText(0, "sep", "partition()"), fromRight: false)),
        ["rpartition"] = On((c, s, a) => Splitting.Partition(c, s, a.RequireText(0, "sep", "rpartition()"), fromRight: true)),
        ["join"] = On((c, s, a) => Join(c, s, a.Require(0, "iterable", "join()"))),
        ["replace"] = On(Replace),
        ["removeprefix"] = On(RemovePrefix),
        ["removesuffix"] = On(RemoveSuffix),
        ["format"] = On(BraceFormat.Apply),
        ["zfill"] = On(ZeroFill),
        ["ljust"] = On((c, s, a) => Pad(c, s, a, "ljust()", left: false, right: true)),
        ["rjust"] = On((c, s, a) => Pad(c, s, a, "rjust()", left: true, right: false)),
        ["center"] = On((c, s, a) => Pad(c, s, a, "center()", left: true, right: true)),
        ["startswith"] = On((_, s, a) => Affix(s, a, "startswith()", static (t, p) => t.StartsWith(p, StringComparison.Ordinal))),
        ["endswith"] = On((_, s, a) => Affix(s, a, "endswith()", static (t, p) => t.EndsWith(p, StringComparison.Ordinal))),
        ["find"] = On((c, s, a) => IntegerValue.Of(StringSearch.Find(c, s, a, "find()", fromRight: false))),
        ["rfind"] = On((c, s, a) => IntegerValue.Of(StringSearch.Find(c, s, a, "rfind()", fromRight: true))),
        ["index"] = On((c, s, a) => StringSearch.Index(c, s, a, "index()", fromRight: false)),
        ["rindex"] = On((c, s, a) => StringSearch.Index(c, s, a, "rindex()", fromRight: true)),
        ["count"] = On(StringSearch.Count),
        ["isdigit"] = All(char.IsDigit),
        ["isdecimal"] = All(char.IsDigit),
        ["isnumeric"] = All(char.IsNumber),
        ["isalpha"] = All(char.IsLetter),
        ["isalnum"] = All(char.IsLetterOrDigit),
        ["isspace"] = All(TextTools.IsSpace),
        ["isupper"] = On((_, s, _) => BooleanValue.Of(s.Text.Any(char.IsUpper) && !s.Text.Any(char.IsLower))),
        ["islower"] = On((_, s, _) => BooleanValue.Of(s.Text.Any(char.IsLower) && !s.Text.Any(char.IsUpper))),
    }.ToFrozenDictionary();

    public static Operation? Find(string name) => Table.GetValueOrDefault(name);

    /// <summary>All members must be strings here; the filter of the same name prints them.</summary>
    private static StringValue Join(RenderContext context, StringValue separator, TemplateValue list)
    {
        var items = Iteration.Members(context, list);
        var builder = new TextBuilder(context);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not StringValue text)
                throw TemplateFault.Evaluation($"join() needs strings; item {i} is {ValueComparison.Describe(items[i])}.");
            if (i > 0) builder.Append(separator);
            builder.Append(text);
        }

        return builder.ToValue();
    }

    private static Operation On(Method method) => (context, self, arguments) => method(context, (StringValue)self, arguments);

    private static Operation All(Func<char, bool> predicate) =>
        (_, self, _) => BooleanValue.Of(((StringValue)self).Text is { Length: > 0 } text && text.All(predicate));

    private static StringValue Strip(RenderContext context, StringValue self, Arguments arguments, string name, bool left, bool right)
    {
        arguments.Allow(name, "chars");
        var characters = arguments.Find(0, "chars") is NoneValue ? null : arguments.FindText(0, "chars", name);
        return TextTools.Strip(context, self, characters, left, right);
    }

    private static ListValue Split(RenderContext context, StringValue self, Arguments arguments)
    {
        arguments.Allow("split()", "sep", "maxsplit");
        var limit = arguments.FindInteger(1, "maxsplit", "split()") ?? -1;
        return arguments.Find(0, "sep") is null or NoneValue
            ? Splitting.SplitWords(context, self, limit)
            : Splitting.Split(context, self, arguments.RequireText(0, "sep", "split()"), limit);
    }

    private static ListValue SplitFromRight(RenderContext context, StringValue self, Arguments arguments)
    {
        arguments.Allow("rsplit()", "sep", "maxsplit");
        var limit = arguments.FindInteger(1, "maxsplit", "rsplit()") ?? -1;
        return arguments.Find(0, "sep") is null or NoneValue
            ? Splitting.SplitWordsFromRight(context, self, limit)
            : Splitting.SplitFromRight(context, self, arguments.RequireText(0, "sep", "rsplit()"), limit);
    }

    private static StringValue Replace(RenderContext context, StringValue self, Arguments arguments)
    {
        arguments.Allow("replace()", "old", "new", "count");
        var old = arguments.RequireText(0, "old", "replace()");
        var replacement = arguments.RequireText(1, "new", "replace()");
        return TextTools.Replace(context, self, old, replacement, arguments.FindInteger(2, "count", "replace()") ?? -1);
    }

    private static StringValue RemovePrefix(RenderContext context, StringValue self, Arguments arguments)
    {
        var prefix = arguments.RequireText(0, "prefix", "removeprefix()").Text;
        return self.Text.StartsWith(prefix, StringComparison.Ordinal)
            ? self.Slice(prefix.Length, self.Text.Length - prefix.Length)
            : self;
    }

    private static StringValue RemoveSuffix(RenderContext context, StringValue self, Arguments arguments)
    {
        var suffix = arguments.RequireText(0, "suffix", "removesuffix()").Text;
        return self.Text.EndsWith(suffix, StringComparison.Ordinal) ? self.Slice(0, self.Text.Length - suffix.Length) : self;
    }

    private static StringValue ZeroFill(RenderContext context, StringValue self, Arguments arguments)
    {
        var width = arguments.FindInteger(0, "width", "zfill()") ?? 0;
        var signed = self.Text.StartsWith('-') || self.Text.StartsWith('+') ? 1 : 0;
        var digits = self.Slice(signed, self.Text.Length - signed);
        var builder = new TextBuilder(context);
        builder.Append(self, 0, signed);
        builder.Append(TextTools.Pad(context, digits, width - signed, StringValue.Untrusted("0"), left: true, right: false));
        return builder.ToValue();
    }

    private static StringValue Pad(RenderContext context, StringValue self, Arguments arguments, string name, bool left, bool right)
    {
        arguments.Allow(name, "width", "fillchar");
        var width = arguments.FindInteger(0, "width", name) ?? throw TemplateFault.Evaluation($"{name} needs a width.");
        var fill = arguments.FindText(1, "fillchar", name) ?? StringValue.Untrusted(" ");
        return TextTools.Pad(context, self, width, fill, left, right);
    }

    private static BooleanValue Affix(StringValue self, Arguments arguments, string name, Func<string, string, bool> matches)
    {
        arguments.Allow(name, "prefix");
        if (arguments.Find(0, "prefix") is not ListValue { IsTuple: true } choices)
            return BooleanValue.Of(matches(self.Text, arguments.RequireText(0, "prefix", name).Text));
        foreach (var choice in choices.Items)
        {
            if (choice is not StringValue text) throw TemplateFault.Evaluation($"{name} needs strings, not {choice.Noun}.");
            if (matches(self.Text, text.Text)) return BooleanValue.True;
        }

        return BooleanValue.False;
    }
}
