using Xunit;

namespace PolarGrid.Engine.Tests.Templates;

/// <summary>Runs only where node, the oracle's packages and the shared folder are; says what is missing where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OracleFactAttribute : FactAttribute
{
    public OracleFactAttribute()
    {
        if (SharedFolder.Path is null)
            Skip = "SKIPPED: no shared folder. Set POLARGRID_SHARED to the folder that holds templates/ and models/.";
        else if (Oracle.FindNode() is null)
            Skip = "SKIPPED: node is not on the PATH.";
        else if (!Directory.Exists(Path.Combine(Oracle.Folder, "node_modules")))
            Skip = $"SKIPPED: run 'npm ci --ignore-scripts' in {Path.GetRelativePath(SharedFolder.Repository, Oracle.Folder)}.";
    }
}
