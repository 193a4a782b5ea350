using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text.RegularExpressions;
using System.Xml;

namespace PolarGrid.Testing.Schemas;

/// <summary>Says whether a text is of a format, by asking the framework's own readers.</summary>
internal static partial class TextFormatOracle
{
    public static bool Holds(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => DateTimeOffset.TryParse("2024-01-15T" + text, CultureInfo.InvariantCulture, out _) && TimeShape().IsMatch(text),
        "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) && text[10] == 'T' && TimeShape().IsMatch(text[11..]),
        "duration" => text.EndsWith('W') ? WeekShape().IsMatch(text) : IsDuration(text),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "email" => MailAddress.TryCreate(text, out _),
        "hostname" => Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4,
        "ipv4" => IPAddress.TryParse(text, out var four) && four.ToString() == text,
        "ipv6" => IPAddress.TryParse(text, out var six) && six.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6,
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "base64" => Convert.TryFromBase64String(text, new byte[text.Length + 3], out _),
        _ => throw new NotSupportedException(format),
    };

    private static bool IsDuration(string text)
    {
        try
        {
            XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            return failure is OverflowException;
        }
    }

    [GeneratedRegex(@"^\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)\z")]
    private static partial Regex TimeShape();

    [GeneratedRegex(@"^P\d+W\z")]
    private static partial Regex WeekShape();
}
