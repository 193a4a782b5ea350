using System.Globalization;
using PolarGrid.Edge.Limits;

namespace PolarGrid.Cli.Keys;

/// <summary>A key's limit on requests per minute, as people write it: a number, <c>none</c>, or <c>default</c> for the server's own setting.</summary>
internal static class RateArgument
{
    public const string Default = "default", None = "none";

    /// <summary>How to write one.</summary>
    public const string Form = "1 to 1000000, none for no limit, or default for the server's own setting (polargrid up --requests-per-minute)";

    /// <param name="text">From the command line.</param>
    /// <param name="rate">As <see cref="Edge.Auth.IKeyDirectory.LimitRequests"/> takes it.</param>
    /// <returns>False when it is none of the three.</returns>
    public static bool TryRead(string text, out int? rate)
    {
        rate = text == None ? RequestRate.Unlimited : null;
        if (text is None or Default) return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > RequestRate.Most) return false;
        rate = number;
        return true;
    }

    /// <summary>The reverse of <see cref="TryRead"/>.</summary>
    public static string Show(int? rate) => rate switch
    {
        null => Default,
        RequestRate.Unlimited => None,
        { } number => number.ToString(CultureInfo.InvariantCulture),
    };
}
