namespace PolarGrid.Cli.Speech;

/// <summary>
/// A file that stands under the name that was asked for only once it is whole: until then it has a name of its own beside it, and what
/// stood there before stays. A link is followed; a device is written at once.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly string target;
    private readonly string? part;
    private bool kept;

    private PartFile(string target, string? part, FileStream stream)
    {
        this.target = target;
        this.part = part;
        Stream = stream;
    }

    public FileStream Stream { get; }

    /// <exception cref="IOException">It cannot be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static PartFile Create(string file)
    {
        var isLink = new FileInfo(file).LinkTarget is not null;
        var target = isLink ? File.ResolveLinkTarget(file, returnFinalTarget: true)!.FullName : Path.GetFullPath(file);
        if (Directory.Exists(target)) throw new IOException($"{target} is a folder. Name a file.");
        if (target.StartsWith("/dev/", StringComparison.Ordinal)) return new PartFile(target, null, new FileStream(target, FileMode.Open, FileAccess.Write));
        var part = $"{target}.{Path.GetRandomFileName()}.part";
        return new PartFile(target, part, new FileStream(part, FileMode.CreateNew, FileAccess.Write));
    }

    /// <summary>It is whole: gives it its name.</summary>
    public void Keep()
    {
        Stream.Dispose();
        if (part is not null) File.Move(part, target, overwrite: true);
        kept = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!kept && part is not null) File.Delete(part);
    }
}
