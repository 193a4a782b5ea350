namespace PolarGrid.LoadBench.Reports;

/// <summary>A comparison, for people: the page beside the result file.</summary>
internal static class CompareTable
{
    public static string Of(CompareReport report)
    {
        var table = new TextTable("scenario", "headline", "ours", "theirs", "ours better by", "bar", "met", "errors ours/theirs");
        foreach (var row in report.Rows)
        {
            table.Add(
                row.Scenario,
                row.Ours.Name,
                $"{row.Ours.Value:0.###} {row.Ours.Unit}",
                $"{row.Theirs.Value:0.###} {row.Theirs.Unit}",
                $"{row.Ratio:F2}x",
                row.Bar ?? "-",
                row.Met switch { true => "yes", false => "NO", null => "-" },
                $"{row.OurErrors}/{row.TheirErrors}");
        }

        return table.ToString();
    }

    public static string Page(CompareReport report)
    {
        var machine = report.Machine;
        return $"""
        # {Path.GetFileNameWithoutExtension(report.Model.Name)} at {report.Commit}, {report.Time:yyyy-MM-dd}

        Medians of {report.Rounds} rounds, both servers in turn on the same file, {report.Threads} threads each.

        {Of(report)}
        - Machine: {machine.Cpu}, {machine.Cores} cores, {machine.Os}, {machine.Runtime}.
        - Load average at the start: {machine.LoadAverage:0.##}.
        - Model: {report.Model.Name}, {report.Model.Bytes} bytes, SHA-256 `{report.Model.Sha256}`.
        - Ours: `{report.OurArguments}`
        - Theirs: `{report.TheirArguments}`, {report.TheirVersion}. `stall-b512` adds `-b 512 -ub 512`.
        - Warm-up {report.WarmUpSeconds:0.#} s before each measurement; words from seed {report.Seed}.

        ## Further medians

        {Further(report)}
        """.ReplaceLineEndings("\n");
    }

    private static string Further(CompareReport report)
    {
        var table = new TextTable("scenario", "value", "ours", "theirs");
        foreach (var row in report.Rows)
        {
            foreach (var value in row.Further) table.Add(row.Scenario, value.Name, $"{value.Ours:0.###}", $"{value.Theirs:0.###}");
        }

        return table.ToString();
    }
}
