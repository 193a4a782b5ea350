namespace PolarGrid.Edge.Tests.Hosting;

/// <summary>Tests that look at the whole process, or count on its time, and so run after all others, one by one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "runs alone";
}
