using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PolarGrid.LoadBench.Reports;

/// <summary>Writes one result twice: JSON for machines, Markdown for people.</summary>
internal static class ReportFiles
{
    /// <param name="folder">Made where it is not there.</param>
    /// <param name="name">Of the files, between date and commit.</param>
    /// <param name="title">Of the Markdown file.</param>
    /// <param name="report">The result.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="of">When, with which code, on which machine.</param>
    /// <param name="table">The Markdown.</param>
    /// <param name="notes">Lines below it, for example the model.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task WriteAsync<T>(
        DirectoryInfo folder, string name, string title, T report, JsonTypeInfo<T> type, (DateTimeOffset Time, string Commit, Machine Machine) of,
        string table, IEnumerable<string> notes, CancellationToken cancellationToken)
    {
        folder.Create();
        var date = of.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder.FullName, $"{date}-{name}-{of.Commit}");
        await File.WriteAllTextAsync(path + ".json", JsonSerializer.Serialize(report, type) + "\n", cancellationToken);
        var load = of.Machine.LoadAverage?.ToString("F2", CultureInfo.InvariantCulture) ?? "unknown";
        string[] lines = [.. notes, $"{of.Machine.Cpu}, {of.Machine.Cores} cores, {of.Machine.Os}, {of.Machine.Runtime}.", $"Load average at the start: {load}."];
        await File.WriteAllTextAsync(
            path + ".md", $"# {title} at {of.Commit}, {date}\n\n{table}\n{string.Concat(lines.Select(line => $"- {line}\n"))}", cancellationToken);
    }

    /// <summary>A model's line of a report.</summary>
    public static string Line(ModelFile model, int threads) =>
        $"Model `{model.Name}`, {(model.Bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture)} MB, sha256 {model.Sha256[..16]}…; {threads} thread{(threads == 1 ? "" : "s")} on both sides.";
}
