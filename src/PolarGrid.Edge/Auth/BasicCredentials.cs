using System.Text;

namespace PolarGrid.Edge.Auth;

/// <summary>HTTP Basic (RFC 7617), as browsers send it.</summary>
internal static class BasicCredentials
{
    /// <summary>Makes a browser ask for a name and a password, and send them as UTF-8.</summary>
    public const string Challenge = "Basic realm=\"PolarGrid API key as password\", charset=\"UTF-8\"";

    private const string Scheme = "Basic ";

    /// <summary>What stands behind the first colon; null when this is no Basic header or not well formed.</summary>
    public static string? Password(ReadOnlySpan<char> header)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var encoded = header[Scheme.Length..].Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : text[(colon + 1)..];
    }
}
