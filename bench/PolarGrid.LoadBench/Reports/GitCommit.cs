using System.ComponentModel;
using System.Diagnostics;

namespace PolarGrid.LoadBench.Reports;

internal static class GitCommit
{
    /// <summary>
    /// The short hash of the working tree's commit, with <c>-dirty</c> when files differ from it; <c>unknown</c> outside a repository.
    /// </summary>
    public static async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty", "--exclude=*"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var commit = (await git.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
            await git.WaitForExitAsync(cancellationToken);
            return git.ExitCode == 0 ? commit : "unknown";
        }
        catch (Win32Exception)
        {
            return "unknown";
        }
    }
}
