using System.Globalization;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>The kernel's name of a thread, on Linux; what a thread creates inherits its name, and so can be found.</summary>
internal static class ThreadName
{
    private const string OwnFile = "/proc/thread-self/comm", Threads = "/proc/self/task";

    private static int created;

    /// <summary>Runs something that creates threads, and says which ones it created.</summary>
    /// <param name="create">Runs on the calling thread.</param>
    /// <param name="threads">The kernel's numbers in the order of creation; empty where they cannot be found out.</param>
    public static T Watch<T>(Func<T> create, out int[] threads)
    {
        threads = [];
        if (!OperatingSystem.IsLinux() || TryRead(OwnFile) is not { } own) return create();

        // At most fifteen characters, or the kernel cuts it.
        var name = string.Create(CultureInfo.InvariantCulture, $"compute {Interlocked.Increment(ref created) % 1_000_000}");
        if (!TryWrite(name)) return create();
        try
        {
            var result = create();
            threads = [.. Named(name)];
            return result;
        }
        finally
        {
            TryWrite(own);
        }
    }

    private static IEnumerable<int> Named(string name)
    {
        var own = Path.GetFileName(File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)?.FullName);
        return Directory.GetDirectories(Threads)
            .Where(folder => Path.GetFileName(folder) != own && TryRead(Path.Combine(folder, "comm")) == name)
            .Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
            .Order();
    }

    private static string? TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\n');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool TryWrite(string name)
    {
        try
        {
            File.WriteAllText(OwnFile, name);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
