using Xunit;

namespace PolarGrid.Engine.Tests.Templates;

/// <summary>Runs only where the shared folder is; says so where it is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (SharedFolder.Path is null)
            Skip = "SKIPPED: no shared folder. Set POLARGRID_SHARED to the folder that holds templates/ and models/.";
    }
}
