namespace PolarGrid.Cli.Up;

/// <summary>Shows on a line how far a model is loaded.</summary>
internal sealed class LoadProgress(string model, Progress line) : IProgress<float>
{
    public void Report(float value) => line.Show($"loading {model}: {(int)(value * 100)} %");
}
