using System.Numerics;
using System.Runtime.CompilerServices;

namespace PolarGrid.Engine.Llama.Threads;

/// <summary>
/// What steps cost at the present number of threads. Steps of different sizes are told apart, so that a mix of them can be compared
/// with another mix: by what each should have cost.
/// </summary>
internal sealed class StepCosts
{
    /// <summary>Sizes up to this are classes of their own; larger ones fall into classes by powers of two and count per token.</summary>
    public const int ExactSizes = 8;

    private const double Slow = 0.04;

    // A pass that was held up for long must not make the usual cost look high for the next hundred.
    private const double MostCounted = 3;

    private readonly Cost[] classes = new Cost[ExactSizes + 32];

    /// <summary>What a step of this size costs lately; null when none was seen.</summary>
    public double? Expected(int tokens)
    {
        ref readonly var cost = ref classes[ClassOf(tokens)];
        return cost.Steps == 0 ? null : cost.Recent * UnitsOf(tokens);
    }

    /// <summary>What a step of this size costs in the long run; null when none was seen.</summary>
    public double? Usual(int tokens)
    {
        ref readonly var cost = ref classes[ClassOf(tokens)];
        return cost.Steps == 0 ? null : cost.Usual * UnitsOf(tokens);
    }

    /// <summary>How recent steps of this size compare with the usual: 1.5 means half as long again. 1 while little is known.</summary>
    public double Drift(int tokens)
    {
        ref readonly var cost = ref classes[ClassOf(tokens)];
        return cost.Steps < 8 ? 1 : cost.Recent / cost.Usual;
    }

    public void Add(int tokens, double duration)
    {
        ref var cost = ref classes[ClassOf(tokens)];
        var unit = duration / UnitsOf(tokens);
        cost.Remember(unit);
        cost.Usual = cost.Steps == 0
            ? unit
            : cost.Usual + ((Math.Min(unit, MostCounted * cost.Usual) - cost.Usual) * Math.Max(Slow, 1.0 / (cost.Steps + 1)));
        cost.Steps++;
    }

    /// <summary>Takes the recent cost as the usual one from now on.</summary>
    public void AcceptDrift()
    {
        foreach (ref var cost in classes.AsSpan()) cost.Usual = cost.Recent;
    }

    public void Clear() => Array.Clear(classes);

    private static int ClassOf(int tokens) =>
        tokens <= ExactSizes ? tokens : ExactSizes + BitOperations.Log2((uint)tokens);

    private static double UnitsOf(int tokens) => tokens <= ExactSizes ? 1 : tokens;

    /// <summary>One class of sizes. What is recent is a median, because a single step is often held up by something that is gone again.</summary>
    private struct Cost
    {
        public int Steps;
        public double Recent;
        public double Usual;
        private Window window;

        public void Remember(double unit)
        {
            window[Steps % Window.Length] = unit;
            Recent = Medians.Of(((ReadOnlySpan<double>)window)[..Math.Min(Steps + 1, Window.Length)]);
        }

        [InlineArray(Length)]
        private struct Window
        {
            public const int Length = 5;
            private double first;
        }
    }
}
