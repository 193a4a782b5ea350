using PolarGrid.Engine.Llama.Cpu;
using PolarGrid.Testing;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Cpu;

/// <summary>A test that needs a build of the CPU backend beside the chosen one; skipped with a sentence where there is none.</summary>
public sealed class OtherBuildFactAttribute : FactAttribute
{
    public OtherBuildFactAttribute(string build, string file) =>
        Skip = SharedFiles.WhyMissing(file) ?? (Find(build) is null ? $"There is no CPU build {build} for this machine." : null);

    internal static CpuBuild Load(string build) => Find(build) ?? throw new InvalidOperationException($"There is no CPU build {build}.");

    private static CpuBuild? Find(string build) => CpuBuild.Load(Stories.Backend.LibraryFolder, build);
}
