using System.Globalization;
using System.Text;

namespace PolarGrid.Edge.Observability;

/// <summary>Prometheus' spelling of names, labels and numbers (text format 0.0.4).</summary>
internal static class PrometheusText
{
    /// <summary>Dots become underscores, the unit a suffix, and a counter ends in <c>_total</c>.</summary>
    public static string Name(string name, string? unit, bool isCounter)
    {
        var text = new StringBuilder(name.Length + 16);
        foreach (var letter in name) text.Append(char.IsAsciiLetterOrDigit(letter) || letter == ':' ? letter : '_');
        if (text.Length == 0 || char.IsAsciiDigit(text[0])) text.Insert(0, '_');
        Suffix(text, unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" });
        Suffix(text, isCounter ? "_total" : "");
        return text.ToString();
    }

    public static string Help(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            if (text.Length > 0) text.Append(',');
            foreach (var letter in key) text.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
            var plain = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text.Append("=\"").Append(Help(plain).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        return text.ToString();
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static void Suffix(StringBuilder text, string suffix)
    {
        if (suffix.Length > 0 && !text.ToString().EndsWith(suffix, StringComparison.Ordinal)) text.Append(suffix);
    }
}
