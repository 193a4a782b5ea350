using Xunit;

namespace PolarGrid.Testing;

/// <summary>A test that needs files of the shared folder; skipped with a sentence when one of them is absent.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(params string[] files) => Skip = SharedFiles.WhyMissing(files);
}

/// <summary>A theory that needs files of the shared folder; skipped with a sentence when one of them is absent.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(params string[] files) => Skip = SharedFiles.WhyMissing(files);
}
