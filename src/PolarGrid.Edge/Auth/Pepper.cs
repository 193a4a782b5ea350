using System.Security.Cryptography;
using PolarGrid.Edge.Storage;

namespace PolarGrid.Edge.Auth;

/// <summary>
/// The secret under which keys are hashed: 256 random bits in a file of mode 0600 beside the database, so that a copy of the
/// database alone proves nothing about any key.
/// </summary>
internal static class Pepper
{
    public const string FileName = "keys.pepper";
    private const int Bytes = 32;

    /// <summary>Reads it, or makes one if <paramref name="mayCreate"/>.</summary>
    /// <exception cref="DataFolderException">It is missing although keys exist, or it is damaged.</exception>
    public static byte[] Load(string folder, bool mayCreate)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            if (!mayCreate)
            {
                throw new DataFolderException(
                    $"{path} is missing but the database holds keys: without it none of them can be checked. Restore the file from " +
                    "the same backup, or move the database away to start afresh.");
            }

            Create(path);
        }

        var pepper = File.ReadAllBytes(path);
        if (pepper.Length == Bytes) return pepper;
        throw new DataFolderException($"{path} has {pepper.Length} bytes instead of {Bytes}: it is damaged.");
    }

    /// <summary>Two servers that start at once on one folder agree: the one that loses the race reads the winner's file.</summary>
    private static void Create(string path)
    {
        var temporary = path + "." + Guid.NewGuid().ToString("N");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(Bytes));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }
}
