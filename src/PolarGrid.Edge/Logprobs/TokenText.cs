using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace PolarGrid.Edge.Logprobs;

/// <summary>How a token is written in an answer.</summary>
internal static class TokenText
{
    /// <summary>The smallest number that is reported: less likely is as good as impossible (wire format section 6).</summary>
    private const double Least = -9999.0;

    /// <summary>The text of whole characters; else each byte as <c>\xNN</c>, as OpenAI writes them.</summary>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8)) return Encoding.UTF8.GetString(utf8);
        var escaped = new StringBuilder(utf8.Length * 4);
        foreach (var value in utf8) escaped.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
        return escaped.ToString();
    }

    public static double Number(float logprob) => logprob >= Least ? logprob : Least;
}
