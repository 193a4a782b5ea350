using System.Security.Cryptography;

namespace PolarGrid.LoadBench.Reports;

internal sealed record ModelFile(string Name, long Bytes, string Sha256)
{
    public static async Task<ModelFile> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await using var stream = file.OpenRead();
        var hash = await SHA256.HashDataAsync(stream, cancellationToken);
        return new ModelFile(file.Name, file.Length, Convert.ToHexStringLower(hash));
    }
}
