namespace PolarGrid.Engine.Classic.Pocketsphinx;

/// <summary>Says when something louder than the quiet before begins. Good enough to know where to learn from; where speech is, others decide.</summary>
internal sealed class SpeechOnset
{
    private const int FrameSamples = SphinxLibrary.SampleRate / 50;
    private const int FramesInARow = 3;

    // 12 decibels above the quietest frame so far; less than 10 of 32,768 is no sound.
    private const double Ratio = 4;
    private const double LeastFloor = 10;

    private double floor = double.MaxValue;
    private double energy;
    private int inFrame;
    private int loud;

    /// <summary>Whether it has begun.</summary>
    public bool HasBegun { get; private set; }

    public void Take(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
        {
            energy += (double)sample * sample;
            if (++inFrame == FrameSamples) EndFrame();
        }
    }

    private void EndFrame()
    {
        var level = Math.Sqrt(energy / FrameSamples);
        (energy, inFrame) = (0, 0);
        floor = Math.Min(floor, Math.Max(level, LeastFloor));
        loud = level > floor * Ratio ? loud + 1 : 0;
        if (loud >= FramesInARow) HasBegun = true;
    }
}
