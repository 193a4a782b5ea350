namespace PolarGrid.Engine.Tools.Grammars;

/// <summary>Calls of a request's tools in GBNF, in the order in which they are written.</summary>
/// <param name="First">The first call behind the opener.</param>
/// <param name="More">A further call, with what parts it from the one before.</param>
/// <param name="Close">What ends the calls; empty where nothing does.</param>
internal sealed record CallSyntax(string First, string More, string Close)
{
    /// <summary>The text that begins the calls, in answers of the tools' own; empty where a call begins like any text.</summary>
    public string Opener { get; init; } = "";

    /// <summary>Openers that may stand for <see cref="Opener"/>.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];

    /// <summary>
    /// Set where a call has no opener and therefore must begin the answer: how an answer looks that is none.
    /// </summary>
    public string? Otherwise { get; init; }

    public string Calls(bool single) => single ? $"{First} {Close}" : $"{First} ({More})* {Close}";
}

/// <summary>A tool and the rule that its arguments follow.</summary>
internal sealed record ToolRule(string Name, string Arguments);
