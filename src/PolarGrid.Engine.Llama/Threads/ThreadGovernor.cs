namespace PolarGrid.Engine.Llama.Threads;

/// <summary>
/// Decides how many threads compute the next step, by measuring. The library's threads wait for each other by spinning many times per
/// step, so one thread that shares its processor with somebody holds up all of them; fewer threads are then faster.
/// </summary>
/// <remarks>
/// Now and then a few steps run with the next smaller or larger number; it is taken when the middle one of those steps was clearly
/// quicker than it should have been: fewer threads must earn their place more than all of them. The first try comes at once, failed
/// ones become rarer, a lasting slowdown causes one, and a try that goes badly ends early. No clock inside: it is told how long
/// steps took.
/// </remarks>
public sealed class ThreadGovernor
{
    private const int TrialSteps = 6;
    private const int FirstSteps = 3;
    private const int FirstPause = 16;
    private const int LongestPause = 512;
    private const double GainOfFewer = 0.85;
    private const double GainOfMore = 0.93;
    private const double Hopeless = 1.4;
    private const double Disaster = 3;
    private const double Alarm = 1.3;

    private readonly int[] levels;
    private readonly StepCosts costs = new();
    private readonly double[] ratios = new double[TrialSteps];
    private int level;
    private int trial = -1;
    private int trialSteps;
    private int strangeSteps;
    private int pause = FirstSteps;
    private int sinceTrial;
    private bool upNext;

    /// <param name="mostThreads">At least 1; the first steps use all of them.</param>
    public ThreadGovernor(int mostThreads)
    {
        levels = ThreadLevels.UpTo(mostThreads);
        level = levels.Length - 1;
    }

    /// <summary>Threads for the next step.</summary>
    public int Threads => levels[trial >= 0 ? trial : level];

    /// <summary>Threads that have proved best so far, tries aside.</summary>
    public int Settled => levels[level];

    /// <summary>Reports a step that ran with <see cref="Threads"/> threads.</summary>
    /// <param name="tokens">Its size, at least 1.</param>
    /// <param name="duration">How long it took; any unit, as long as it is always the same.</param>
    public void Report(int tokens, double duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        if (levels.Length == 1 || !(duration > 0)) return;
        if (trial >= 0)
        {
            ReportTrial(tokens, duration);
            return;
        }

        costs.Add(tokens, duration);
        sinceTrial++;
        var alarmed = costs.Drift(tokens) > Alarm && sinceTrial >= 4;
        if (alarmed) pause = FirstPause;
        if (alarmed || sinceTrial >= pause) BeginTrial(alarmed);
    }

    private void BeginTrial(bool alarmed)
    {
        var canRise = level + 1 < levels.Length;
        var canFall = level > 0;
        var rise = canRise && (!canFall || (upNext && !alarmed));
        trial = rise ? level + 1 : level - 1;
        upNext = !rise;
        trialSteps = 0;
        strangeSteps = 0;
    }

    private void ReportTrial(int tokens, double duration)
    {
        if (costs.Expected(tokens) is not { } expected)
        {
            // A size that was not seen before says nothing; too many of them and the try is given up.
            if (++strangeSteps >= TrialSteps) EndTrial(adopt: false);
            return;
        }

        var ratio = duration / expected;
        ratios[trialSteps++] = ratio;
        var middle = Medians.Of(ratios.AsSpan(0, trialSteps));
        if (ratio > Disaster || (trialSteps >= 3 && middle > Hopeless)) EndTrial(adopt: false);
        else if (trialSteps == TrialSteps) EndTrial(middle <= (trial < level ? GainOfFewer : GainOfMore));
    }

    private void EndTrial(bool adopt)
    {
        if (adopt)
        {
            level = trial;
            costs.Clear();
            pause = FirstPause;
        }
        else
        {
            costs.AcceptDrift();
            pause = Math.Clamp(pause * 2, FirstPause, LongestPause);
        }

        trial = -1;
        sinceTrial = 0;
    }
}
