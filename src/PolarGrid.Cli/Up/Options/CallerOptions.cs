using System.CommandLine;
using PolarGrid.Edge;

namespace PolarGrid.Cli.Up.Options;

/// <summary>What callers get by default and what they may do.</summary>
internal sealed class CallerOptions
{
    private readonly Option<string> profile = new("--profile")
    {
        Description = "Whose defaults apply: polargrid (150 tokens, temperature 0.7), openai or grid (as many tokens as fit, temperature 1).",
        HelpName = "NAME",
        DefaultValueFactory = _ => ApiProfile.PolarGrid.Name,
    };

    private readonly Option<string> region = new("--region")
    {
        Description = "Where this server stands, for example yto-01; answers tell it in pg_metadata.",
        HelpName = "NAME",
        DefaultValueFactory = _ => UpSettings.UsualRegion,
    };

    private readonly Option<int> requestsPerMinute = new("--requests-per-minute")
    {
        Description = "Most inference requests of one API key in a minute, 1 to 1000000; one more is refused with 429 and Retry-After. 0 is no limit. 'polargrid keys limit' sets another one for a key.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<bool> allowGrammar = new("--allow-grammar")
    {
        Description = "Let callers send grammars of their own (the fields grammar and guided_grammar).",
    };

    private readonly Option<bool> rejectUnknown = new("--reject-unknown")
    {
        Description = "Refuse requests with fields that the server does not know. Without it: the header x-polargrid-ignored names them.",
    };

    public void AddTo(Command command)
    {
        profile.CompletionSources.Add([.. ApiProfile.All.Select(known => known.Name)]);
        foreach (var option in (Option[])[profile, region, requestsPerMinute, allowGrammar, rejectUnknown]) command.Options.Add(option);
    }

    /// <param name="settings">What is known so far.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="mistakes">Gets a sentence for each thing that cannot be read.</param>
    public UpSettings Read(UpSettings settings, ParseResult parsed, List<string> mistakes)
    {
        var name = parsed.GetRequiredValue(profile);
        var chosen = ApiProfile.Find(name);
        if (chosen is null) mistakes.Add($"--profile is '{name}'; it must be one of: {string.Join(", ", ApiProfile.All.Select(known => known.Name))}.");
        return settings with
        {
            Profile = chosen ?? settings.Profile,
            Region = parsed.GetRequiredValue(region),
            RequestsPerMinute = parsed.GetValue(requestsPerMinute),
            AllowGrammar = parsed.GetValue(allowGrammar),
            RejectUnknown = parsed.GetValue(rejectUnknown),
        };
    }
}
