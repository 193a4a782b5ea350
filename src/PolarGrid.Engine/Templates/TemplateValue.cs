using System.Text.Json;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates;

/// <summary>
/// A value that a template can see. Immutable, and safe to share between renderings that run at the same time.
/// Texts know which of their characters are <em>trusted</em>, that is, may become control tokens; see
/// <see cref="RenderedPrompt"/>. What a caller sent is never trusted.
/// </summary>
public abstract class TemplateValue
{
    private protected TemplateValue()
    {
    }

    public static TemplateValue Undefined => UndefinedValue.Plain;

    public static TemplateValue None => NoneValue.Instance;

    /// <summary>What a type error calls this value: "a string", "a list" …</summary>
    internal abstract string Noun { get; }

    /// <summary>As Python's <c>bool()</c> would have it.</summary>
    internal abstract bool IsTruthy { get; }

    public static TemplateValue From(bool value) => BooleanValue.Of(value);

    public static TemplateValue From(long value) => IntegerValue.Of(value);

    public static TemplateValue From(double value) => new FloatValue(value);

    /// <summary>Text that somebody sent; control tokens written in it stay text.</summary>
    public static TemplateValue FromCaller(string text) => StringValue.Untrusted(text);

    /// <summary>
    /// Text of our own that may become control tokens: bos_token, eos_token, and a role after it was checked against the
    /// known ones (several templates build a token out of it: <c>'&lt;|' + role + '|&gt;'</c>).
    /// </summary>
    public static TemplateValue FromTrusted(string text) => StringValue.Trust(text);

    public static TemplateValue FromList(IEnumerable<TemplateValue> items) => ListValue.Frozen([.. items]);

    /// <summary>Keeps the order; of two equal keys the later value counts. Keys are untrusted.</summary>
    public static TemplateValue FromDict(IEnumerable<KeyValuePair<string, TemplateValue>> entries)
    {
        var builder = new DictBuilder();
        foreach (var (key, value) in entries) builder.Set(StringValue.Untrusted(key), value);
        return builder.Build();
    }

    /// <summary>Everything in it counts as sent by a caller. Whole numbers beyond 64 bits become floats.</summary>
    /// <exception cref="ArgumentException">Nested deeper than 256; a JsonDocument stops at 64 unless told otherwise.</exception>
    public static TemplateValue FromJson(JsonElement element) => JsonConversion.Convert(element);
}
