using System.CommandLine;
using System.Globalization;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Auth;

namespace PolarGrid.Cli.Keys;

/// <summary><c>polargrid keys usage</c>: what keys have used, by day, model and kind.</summary>
internal static class UsageCommand
{
    private const int UsualDays = 30, MostDays = 3660;
    private static readonly string[] Heads = ["day", "key", "name", "model", "kind", "requests", "failed", "cancelled", "prompt", "cached", "answer", "characters", "spoken s", "heard s"];
    private static readonly int FirstNumber = Array.IndexOf(Heads, "requests");

    public static Command Create(Func<Func<IKeyDirectory, int>, int> withKeys)
    {
        var id = new Argument<string?>("id") { Description = "As 'polargrid keys list' shows it; all keys where it is missing.", Arity = ArgumentArity.ZeroOrOne };
        var days = new Option<int>("--days")
        {
            Description = $"How many days back, today included: 1 to {MostDays}. Days are UTC.", HelpName = "N", DefaultValueFactory = _ => UsualDays,
        };
        var command = new Command("usage", "Show what keys have used: requests, tokens, characters spoken, seconds of audio.") { id, days };
        command.SetAction(parsed => withKeys(keys =>
        {
            var count = parsed.GetValue(days);
            if (count is < 1 or > MostDays) return Terminal.Fail($"--days is {count}; it must be between 1 and {MostDays}.");
            var names = keys.List().ToDictionary(key => key.Id, key => key.Name);
            var wanted = parsed.GetValue(id);
            if (wanted is not null && !names.ContainsKey(wanted)) return Terminal.Fail($"There is no key with the id {wanted}.");

            using var reader = UsageReader.Open(DataHome.Folder, TimeProvider.System);
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            Print(reader.Read(wanted, today.AddDays(1 - count), today), names, count);
            return Terminal.Success;
        }));
        return command;
    }

    private static void Print(IReadOnlyList<UsageSum> sums, Dictionary<string, string> names, int days)
    {
        if (sums.Count == 0)
        {
            Console.WriteLine($"Nothing was used in the last {days} days.");
            return;
        }

        string[][] rows =
        [
            Heads,
            .. sums.Select(sum => Row(sum, names.GetValueOrDefault(sum.KeyId, "-"))),
            ["total", "", "", "", "", .. Numbers(sums.Aggregate(default(UsageCounts), (total, sum) => total + sum.Counts))],
        ];
        int[] widths = [.. Enumerable.Range(0, Heads.Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => column < FirstNumber ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            Console.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    private static string[] Row(UsageSum sum, string name) =>
        [sum.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), sum.KeyId, name, sum.Model.Length == 0 ? "-" : sum.Model, sum.Kind, .. Numbers(sum.Counts)];

    private static string[] Numbers(UsageCounts counts) =>
    [
        .. new[]
        {
            counts.Requests, counts.Failed, counts.Cancelled, counts.PromptTokens, counts.CachedTokens, counts.CompletionTokens, counts.Characters,
        }.Select(number => number.ToString(CultureInfo.InvariantCulture)),
        Seconds(counts.SpokenMs),
        Seconds(counts.HeardMs),
    ];

    private static string Seconds(long milliseconds) => (milliseconds / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);
}
