namespace PolarGrid.Cli.Up;

/// <summary>Holds the aliases against the models that are served.</summary>
internal static class AliasCheck
{
    /// <returns>A sentence on the first alias that cannot be; null when all can.</returns>
    public static string? FirstMistake(IReadOnlyList<AliasArgument> aliases, IReadOnlyList<string> served)
    {
        foreach (var alias in aliases)
        {
            if (served.Contains(alias.Name)) return $"--alias {alias.Name} is the name of a served model; give the alias another one.";
            if (!served.Contains(alias.Model))
            {
                return $"--alias {alias.Name} names the model '{alias.Model}', which is not served; served: {string.Join(", ", served)}.";
            }
        }

        return null;
    }
}
