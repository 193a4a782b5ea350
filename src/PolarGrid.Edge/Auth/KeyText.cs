using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PolarGrid.Edge.Auth;

/// <summary>The form of a key: <c>pg_</c> and 256 random bits in URL-safe base64.</summary>
internal static class KeyText
{
    public const string Prefix = "pg_";

    /// <summary>Shorter texts cannot hold enough chance; longer ones are no key of ours.</summary>
    public const int ShortestSecret = 16, LongestSecret = 200;

    private const int RandomBytes = 32;
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string Generate()
    {
        Span<byte> random = stackalloc byte[RandomBytes];
        RandomNumberGenerator.Fill(random);
        return Prefix + Base64Url.EncodeToString(random);
    }

    public static bool IsWellFormed(ReadOnlySpan<char> key) =>
        key.StartsWith(Prefix, StringComparison.Ordinal)
        && key.Length - Prefix.Length is >= ShortestSecret and <= LongestSecret
        && !key.ContainsAnyExcept(Allowed);

    /// <param name="key">Well-formed, hence ASCII.</param>
    /// <param name="pepper">See <see cref="Pepper"/>.</param>
    public static KeyHash Hash(ReadOnlySpan<char> key, ReadOnlySpan<byte> pepper)
    {
        Span<byte> text = stackalloc byte[Prefix.Length + LongestSecret];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var length = Encoding.ASCII.GetBytes(key, text);
        HMACSHA256.HashData(pepper, text[..length], hash);
        return KeyHash.Read(hash);
    }
}
