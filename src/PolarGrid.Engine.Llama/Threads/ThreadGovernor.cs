using System.Numerics.Tensors;

namespace PolarGrid.Engine.Llama.Threads;

/// <summary>
/// Decides how many threads compute the next step, by measuring. The library's threads wait for each other by spinning many times per
/// step, so one thread that shares its processor with somebody holds up all of them; fewer threads are then faster.
/// </summary>
/// <remarks>
/// Now and then a few steps run with the next smaller or larger number; it is taken when the middle one of those steps was clearly
/// quicker than it should have been: fewer threads must earn their place more than all of them. A try that goes badly ends after one
/// step, failed ones become rarer, a lasting slowdown causes one. Beside busy neighbours a step can take a hundred times as long (each
/// of its barriers then costs a time slice), so two such steps are enough for a try, and two good ones for its success.
/// No clock inside: it is told how long steps took.
/// </remarks>
public sealed class ThreadGovernor
{
    private const int TrialSteps = 6;
    private const int FirstSteps = 3;
    private const int FirstPause = 16;
    private const int LongestPause = 2048;
    private const double GainOfFewer = 0.85;
    private const double GainOfMore = 0.93;
    private const double Hopeless = 1.2;
    private const double Disaster = 1.5;
    private const double ClearGain = 0.5;
    private const double Shock = 4;

    // Steps of few tokens are compared with steps of the same size; prompt chunks per token, which says less.
    private const double Alarm = 1.3;
    private const double PromptAlarm = 2;

    private readonly int[] levels;
    private readonly StepCosts costs = new();
    private readonly double[] ratios = new double[TrialSteps];
    private int level;
    private int trial = -1;
    private int trialSteps;
    private int strangeSteps;
    private int pause;
    private int sinceTrial;
    private int shocks;
    private double shock;
    private double slowdown;
    private bool upNext;

    /// <param name="mostThreads">At least 1; the first steps use all of them.</param>
    /// <param name="firstTry">
    /// Steps until the first try, at least 1. Soon where steps are short; later where one is long, since each slow one of a failed try is
    /// then felt by a caller.
    /// </param>
    public ThreadGovernor(int mostThreads, int firstTry = FirstSteps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstTry, 1);
        levels = ThreadLevels.UpTo(mostThreads);
        level = levels.Length - 1;
        pause = firstTry;
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

        NoteShock(tokens, duration);
        costs.Add(tokens, duration);
        sinceTrial++;
        var drift = costs.Drift(tokens);
        var alarmed = shocks >= 2 || (sinceTrial >= 4 && drift > (tokens <= StepCosts.ExactSizes ? Alarm : PromptAlarm));
        if (alarmed && level == 0)
        {
            // Nothing to step back to, and more threads would only suffer more.
            costs.AcceptDrift();
            shocks = 0;
            alarmed = false;
        }

        if (alarmed) pause = FirstPause;
        if (alarmed || sinceTrial >= pause) BeginTrial(alarmed);
    }

    /// <summary>Counts steps in a row that took many times as long as usual, and by how much the least of them did.</summary>
    private void NoteShock(int tokens, double duration)
    {
        var ratio = costs.Usual(tokens) is { } usual ? duration / usual : 1;
        if (ratio < Shock)
        {
            shocks = 0;
            return;
        }

        shock = shocks == 0 ? ratio : Math.Min(shock, ratio);
        shocks++;
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
        slowdown = shocks >= 2 ? shock : 0;
        shocks = 0;
    }

    /// <summary>What the step would have cost without the try.</summary>
    private double? Expected(int tokens) => slowdown > 0 ? costs.Usual(tokens) * slowdown : costs.Expected(tokens);

    private void ReportTrial(int tokens, double duration)
    {
        if (Expected(tokens) is not { } expected)
        {
            // A size that was not seen before says nothing; too many of them and the try is given up.
            if (++strangeSteps >= TrialSteps) EndTrial(adopt: false);
            return;
        }

        var ratio = duration / expected;
        ratios[trialSteps++] = ratio;
        var done = ratios.AsSpan(0, trialSteps);
        var middle = Medians.Of(done);
        if (ratio > Disaster || (trialSteps >= 2 && middle > Hopeless)) EndTrial(adopt: false, ratio > 2 * Disaster);
        else if (trialSteps == 2 && TensorPrimitives.Max<double>(done) < ClearGain) EndTrial(adopt: true);
        else if (trialSteps == TrialSteps) EndTrial(middle <= (trial < level ? GainOfFewer : GainOfMore));
    }

    private void EndTrial(bool adopt, bool wasCostly = false)
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
            pause = Math.Clamp(pause * (wasCostly ? 4 : 2), FirstPause, LongestPause);
        }

        trial = -1;
        sinceTrial = 0;
    }
}
