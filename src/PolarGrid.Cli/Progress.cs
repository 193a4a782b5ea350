namespace PolarGrid.Cli;

/// <summary>One line on the error stream that is written over and over, where somebody is watching.</summary>
/// <param name="watched">Takes the line; null: nobody is watching.</param>
internal sealed class Progress(TextWriter? watched) : IDisposable
{
    private string shown = "";

    /// <summary>On the error stream, where that is a terminal.</summary>
    public Progress()
        : this(Console.IsErrorRedirected ? null : Console.Error)
    {
    }

    public void Show(string line)
    {
        if (line == shown) return;
        watched?.Write($"\r{line.PadRight(shown.Length)}");
        shown = line;
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose()
    {
        if (shown.Length == 0) return;
        watched?.Write($"\r{new string(' ', shown.Length)}\r");
        shown = "";
    }
}
