namespace PolarGrid.Cli.Up;

/// <summary>One <c>--model NAME=PATH</c>.</summary>
internal sealed record ModelArgument(string Name, string Path)
{
    private const int LongestName = 128;

    /// <summary>Reads all of them; adds a sentence for each one that cannot be used.</summary>
    public static IReadOnlyList<ModelArgument> ReadAll(IEnumerable<string> texts, List<string> mistakes)
    {
        List<ModelArgument> models = [];
        foreach (var text in texts)
        {
            var (name, path) = Split(text);
            if (name.Length is 0 or > LongestName || path.Length == 0)
            {
                mistakes.Add($"--model is '{text}'; give a name of 1 to {LongestName} characters, an equals sign, and the path of a GGUF file.");
            }
            else if (!File.Exists(path))
            {
                mistakes.Add($"--model {name}: there is no file {System.IO.Path.GetFullPath(path)}.");
            }
            else if (models.Exists(other => other.Name == name))
            {
                mistakes.Add($"--model {name} is given twice; every model needs a name of its own.");
            }
            else
            {
                models.Add(new ModelArgument(name, System.IO.Path.GetFullPath(path)));
            }
        }

        return models;
    }

    /// <summary>A path alone is served under its file name.</summary>
    private static (string Name, string Path) Split(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 || File.Exists(text)
            ? (System.IO.Path.GetFileNameWithoutExtension(text), text)
            : (text[..equals].Trim(), text[(equals + 1)..].Trim());
    }
}

/// <summary>One <c>--alias NAME=MODEL</c>.</summary>
internal sealed record AliasArgument(string Name, string Model)
{
    /// <summary>Reads all of them; adds a sentence for each one that cannot be used.</summary>
    public static IReadOnlyList<AliasArgument> ReadAll(IEnumerable<string> texts, List<string> mistakes)
    {
        List<AliasArgument> aliases = [];
        foreach (var text in texts)
        {
            var parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
            {
                mistakes.Add($"--alias is '{text}'; give the further name, an equals sign, and the name of a served model.");
            }
            else if (aliases.Exists(other => other.Name == parts[0]))
            {
                mistakes.Add($"--alias {parts[0]} is given twice; every alias needs a name of its own.");
            }
            else
            {
                aliases.Add(new AliasArgument(parts[0], parts[1]));
            }
        }

        return aliases;
    }
}
