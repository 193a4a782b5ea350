namespace PolarGrid.Engine.Sherpa;

/// <summary>How a model is run. Fixed while it is loaded.</summary>
public sealed record SherpaOptions
{
    /// <summary>Threads that one call computes with: 1 to 64.</summary>
    public int Threads { get; init; } = 1;

    internal int CheckedThreads
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(Threads, 64);
            return Threads;
        }
    }
}

/// <summary>A model that passed the checks, but that the library refuses.</summary>
public sealed class SherpaLoadException(string message) : Exception(message);
