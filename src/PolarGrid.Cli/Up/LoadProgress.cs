namespace PolarGrid.Cli.Up;

/// <summary>Shows how far a model is loaded, where somebody is watching.</summary>
internal sealed class LoadProgress(string model) : IProgress<float>
{
    private int shown = -1;

    public void Report(float value)
    {
        var percent = (int)(value * 100);
        if (Console.IsErrorRedirected || percent == shown) return;
        shown = percent;
        Console.Error.Write(percent < 100 ? $"\rloading {model}: {percent} %" : $"\r{new string(' ', model.Length + 16)}\r");
    }
}
