using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Runtime;

/// <summary>What stood between the parentheses of one call, already evaluated.</summary>
internal readonly struct Arguments(TemplateValue[] positional, KeyValuePair<string, TemplateValue>[] named)
{
    public static readonly Arguments None = new([], []);

    public TemplateValue[] Positional { get; } = positional;

    public KeyValuePair<string, TemplateValue>[] Named { get; } = named;

    public int Count => Positional.Length + Named.Length;

    /// <summary>The parameter at this place or of this name; null when it was not given.</summary>
    public TemplateValue? Find(int index, string name)
    {
        if (index < Positional.Length) return Positional[index];
        foreach (var (key, value) in Named)
            if (key == name) return value;
        return null;
    }

    public TemplateValue Require(int index, string name, string function) =>
        Find(index, name) ?? throw TemplateFault.Evaluation($"{function} needs the argument '{name}'.");

    public StringValue? FindText(int index, string name, string function) => Find(index, name) switch
    {
        null => null,
        StringValue text => text,
        var other => throw Wrong(function, name, "a string", other),
    };

    public StringValue RequireText(int index, string name, string function) =>
        Require(index, name, function) as StringValue ?? throw Wrong(function, name, "a string", Require(index, name, function));

    public long? FindInteger(int index, string name, string function) => Find(index, name) switch
    {
        null => null,
        var value when Numeric.TryRead(value, out var number) && number.IsInteger => number.Integer,
        var other => throw Wrong(function, name, "an integer", other),
    };

    public bool Flag(int index, string name, bool fallback = false) => Find(index, name)?.IsTruthy ?? fallback;

    /// <summary>Everything after the first <paramref name="count"/> positional arguments.</summary>
    public Arguments Skip(int count) => new(Positional.Length <= count ? [] : Positional[count..], Named);

    /// <summary>Refuses surplus and unknown arguments: ignoring one in silence would render something else than was asked.</summary>
    public void Allow(string function, params ReadOnlySpan<string> names)
    {
        if (Positional.Length > names.Length)
            throw TemplateFault.Evaluation($"{function} takes at most {names.Length} arguments, not {Positional.Length}.");
        foreach (var (key, _) in Named)
            if (!names.Contains(key)) throw TemplateFault.Evaluation($"{function} has no argument '{key}'.");
    }

    private static TemplateFault Wrong(string function, string name, string wanted, TemplateValue value) =>
        TemplateFault.Evaluation($"{function} needs {wanted} as '{name}', not {ValueComparison.Describe(value)}.");
}
