using System.Buffers;
using System.Globalization;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>
/// The <c>tojson</c> that transformers gives to chat templates: Python's <c>json.dumps</c>, not Jinja's own filter, so no HTML
/// escapes and no \u for letters. Its output is untrusted as a whole.
/// </summary>
internal sealed class JsonText
{
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    private readonly RenderContext _context;
    private readonly TextBuilder _output;
    private readonly bool _ascii;
    private readonly bool _sorted;
    private readonly string? _indent;
    private readonly string _comma;
    private readonly string _colon;

    private JsonText(RenderContext context, Arguments arguments)
    {
        arguments.Allow("tojson", "ensure_ascii", "indent", "separators", "sort_keys");
        _context = context;
        _output = new TextBuilder(context);
        _ascii = arguments.Flag(0, "ensure_ascii");
        _sorted = arguments.Flag(3, "sort_keys");
        _indent = arguments.Find(1, "indent") switch
        {
            null or NoneValue => null,
            StringValue text => text.Text,
            _ => TextTools.Repeat(context, StringValue.Untrusted(" "), arguments.FindInteger(1, "indent", "tojson") ?? 0).Text,
        };
        (_comma, _colon) = arguments.Find(2, "separators") switch
        {
            ListValue { Count: 2 } pair when pair[0] is StringValue comma && pair[1] is StringValue colon => (comma.Text, colon.Text),
            null or NoneValue => (_indent is null ? ", " : ",", ": "),
            _ => throw TemplateFault.Evaluation("'separators' of the filter 'tojson' must be two strings."),
        };
    }

    public static TemplateValue Filter(RenderContext context, TemplateValue value, Arguments arguments)
    {
        var writer = new JsonText(context, arguments);
        writer.Write(value, 0);
        return writer._output.ToValue();
    }

    private void Write(TemplateValue value, int depth)
    {
        _context.Step();
        switch (value)
        {
            case StringValue text:
                WriteString(text.Text);
                break;
            case ListValue list:
                _context.CheckDepth(depth);
                WriteList(list, depth);
                break;
            case DictValue dict:
                _context.CheckDepth(depth);
                WriteDict(dict, depth);
                break;
            default:
                Append(Scalar(value));
                break;
        }
    }

    private static string Scalar(TemplateValue value) => value switch
    {
        NoneValue => "null",
        BooleanValue boolean => boolean.Value ? "true" : "false",
        IntegerValue integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        FloatValue { Value: double.NaN } => "NaN",
        FloatValue { Value: double.PositiveInfinity } => "Infinity",
        FloatValue { Value: double.NegativeInfinity } => "-Infinity",
        FloatValue real => PythonFloat.Format(real.Value),
        _ => throw TemplateFault.Evaluation($"The filter 'tojson' cannot write {ValueComparison.Describe(value)}."),
    };

    private void WriteList(ListValue list, int depth)
    {
        Append("[");
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) Append(_comma);
            NewLine(depth + 1);
            Write(list[i], depth + 1);
        }

        if (list.Count > 0) NewLine(depth);
        Append("]");
    }

    private void WriteDict(DictValue dict, int depth)
    {
        var entries = dict.Entries.ToArray();
        if (_sorted)
        {
            Array.Sort(entries, static (a, b) => string.CompareOrdinal(Key(a.Key), Key(b.Key)));
            _context.Step(entries.Length * 8);
        }

        Append("{");
        for (var i = 0; i < entries.Length; i++)
        {
            if (i > 0) Append(_comma);
            NewLine(depth + 1);
            WriteString(Key(entries[i].Key));
            Append(_colon);
            Write(entries[i].Value, depth + 1);
        }

        if (entries.Length > 0) NewLine(depth);
        Append("}");
    }

    private static string Key(TemplateValue key) => key is StringValue text ? text.Text : Scalar(key);

    private void NewLine(int depth)
    {
        if (_indent is null) return;
        Append("\n");
        for (var i = 0; i < depth; i++) Append(_indent);
    }

    private void WriteString(string text)
    {
        Append("\"");
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var plain = _ascii ? rest.IndexOfAnyExceptInRange(' ', '~') : rest.IndexOfAny(Escaped);
            if (_ascii && rest.IndexOfAny(Escaped) is var mark and >= 0 && (plain < 0 || mark < plain)) plain = mark;
            if (plain < 0) plain = rest.Length;
            _output.Append(rest[..plain], trusted: false);
            rest = rest[plain..];
            if (rest.Length == 0) break;
            Append(Escape(rest[0]));
            rest = rest[1..];
        }

        Append("\"");
    }

    private static string Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        _ => $"\\u{(int)character:x4}",
    };

    private void Append(string text) => _output.Append(text, trusted: false);
}
