namespace PolarGrid.MicroBench.Threads;

/// <summary>
/// Speeds of many short windows. On a machine that others use too, the median says what happened and the 90th percentile what the
/// set-up can do when nobody else is there.
/// </summary>
internal sealed class Windows
{
    private readonly List<double> speeds = [];

    public double Median => At(0.5);

    public double Best => At(0.9);

    public void Add(double speed) => speeds.Add(speed);

    private double At(double share) => speeds.Count == 0 ? 0 : speeds.Order().ElementAt((int)(share * (speeds.Count - 1)));
}
