using System.Security.Cryptography;

namespace PolarGrid.Edge.Streaming;

/// <summary>What all parts of one answer say about it.</summary>
/// <param name="Id">Opaque, unique.</param>
/// <param name="Created">Unix seconds.</param>
/// <param name="Model">The name that the caller asked for.</param>
/// <param name="Fingerprint">Of model and server.</param>
/// <param name="ServiceTier">Set when the request named a tier.</param>
internal sealed record AnswerIdentity(string Id, long Created, string Model, string Fingerprint, string? ServiceTier = null)
{
    private const int IdBytes = 12;

    public static string NewId(string prefix)
    {
        Span<byte> random = stackalloc byte[IdBytes];
        RandomNumberGenerator.Fill(random);
        return prefix + Convert.ToHexStringLower(random);
    }
}
