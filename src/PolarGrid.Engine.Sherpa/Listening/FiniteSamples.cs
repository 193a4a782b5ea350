namespace PolarGrid.Engine.Sherpa.Listening;

/// <summary>Looks for samples that would make every number of a model meaningless.</summary>
internal static class FiniteSamples
{
    public static bool ContainsAnyExceptFinite(this ReadOnlySpan<float> samples)
    {
        foreach (var sample in samples)
        {
            if (!float.IsFinite(sample)) return true;
        }

        return false;
    }
}
