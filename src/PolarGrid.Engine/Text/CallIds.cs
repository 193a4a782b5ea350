using System.Security.Cryptography;
using System.Text;
using PolarGrid.Engine.Tools;

namespace PolarGrid.Engine.Text;

/// <summary>Call ids as a template takes them.</summary>
internal static class CallIds
{
    private const int ShortLength = 9;

    /// <summary>The id itself, or nine letters and digits that always stand for it where the template insists on that form.</summary>
    public static string For(string id, TemplateTraits traits)
    {
        if (!traits.NineCharacterCallIds || (id.Length == ShortLength && id.All(char.IsAsciiLetterOrDigit))) return id;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..ShortLength];
    }
}
