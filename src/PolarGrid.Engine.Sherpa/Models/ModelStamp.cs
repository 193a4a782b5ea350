using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>Tells whether the files of a model are the same as before.</summary>
internal static class ModelStamp
{
    /// <summary>By names, sizes and times of change.</summary>
    public static string Quick(SherpaModel model)
    {
        var text = new StringBuilder();
        foreach (var file in Files(model))
        {
            var info = new FileInfo(file);
            text.Append(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(model.Folder, file)}\n{info.Length} {info.LastWriteTimeUtc.Ticks}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>By names and content; reads everything.</summary>
    public static string Content(SherpaModel model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1024 * 1024];
        foreach (var file in Files(model))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(model.Folder, file) + '\n'));
            if (IsEmpty(file)) continue;
            using var stream = File.OpenRead(file);
            for (int read; (read = stream.Read(buffer)) > 0;) hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Also true of pipes and devices, which nobody may open here: that could wait for ever.</summary>
    public static bool IsEmpty(string file) => new FileInfo(file).Length == 0;

    /// <summary>The manifest and all files that it names, in order.</summary>
    public static IReadOnlyList<string> Files(SherpaModel model) =>
    [
        .. model.Files.Values.SelectMany(paths => paths)
            .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : [path])
            .Append(Path.Combine(model.Folder, SherpaManifest.FileName)).Distinct().Order(StringComparer.Ordinal),
    ];
}
