namespace PolarGrid.Cli;

/// <summary>One line on the error stream that is written over and over, where somebody is watching.</summary>
internal sealed class Progress : IDisposable
{
    private int width;

    /// <summary>Whether the error stream is a terminal.</summary>
    public static bool IsWatched => !Console.IsErrorRedirected;

    public void Show(string line)
    {
        if (!IsWatched) return;
        Console.Error.Write($"\r{line.PadRight(width)}");
        width = line.Length;
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose()
    {
        if (!IsWatched || width == 0) return;
        Console.Error.Write($"\r{new string(' ', width)}\r");
        width = 0;
    }
}
