using PolarGrid.Testing;
using Xunit;

namespace PolarGrid.Engine.Tests.Templates;

/// <summary>Runs only where node, the oracle's packages and the shared templates are; says what is missing where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OracleFactAttribute : FactAttribute
{
    public OracleFactAttribute() => Skip = SharedFiles.WhyMissing(SharedCase.Folder) ?? Oracle.Missing;
}
