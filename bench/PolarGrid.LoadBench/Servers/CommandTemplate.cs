namespace PolarGrid.LoadBench.Servers;

/// <summary>
/// A server's command line with places for what changes: <c>{model}</c> file, <c>{name}</c> of the model in requests, <c>{port}</c>,
/// <c>{threads}</c>, <c>{slots}</c> sequences at once, <c>{context}</c> tokens of one sequence, <c>{total}</c> tokens of all.
/// Arguments are split at spaces before places are filled; double quotes keep spaces together.
/// </summary>
internal sealed class CommandTemplate
{
    private readonly string _text;

    public CommandTemplate(string text)
    {
        _text = text;
        if (Split(text).Count == 0) throw new InvalidOperationException("A server's command is empty.");
    }

    /// <summary>The template as it may be shown to others: the program by its name alone.</summary>
    public string WithoutPath => string.Join(' ', Split(_text).Select((part, index) => index == 0 ? Path.GetFileName(part) : part));

    /// <returns>The program, then its arguments.</returns>
    public IReadOnlyList<string> Fill(IReadOnlyDictionary<string, string> values, string more = "")
    {
        string FillPart(string part) => values.Aggregate(part, (text, value) => text.Replace($"{{{value.Key}}}", value.Value));
        return [.. Split(_text + " " + more).Select(FillPart)];
    }

    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var quoted = false;
        var part = "";
        foreach (var character in text + " ")
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (char.IsWhiteSpace(character) && !quoted)
            {
                if (part.Length > 0) parts.Add(part);
                part = "";
            }
            else
            {
                part += character;
            }
        }

        return parts;
    }
}
