using Microsoft.Data.Sqlite;
using PolarGrid.Edge.Storage;

namespace PolarGrid.Edge.Accounting;

/// <summary>Writes the tables of usage. One connection, used by one thread at a time.</summary>
internal sealed class UsageStore : IDisposable
{
    private const string Record =
        """
        INSERT INTO usage_records VALUES
            ($request, $key, $ended, $kind, $model, $status, $outcome, $prompt, $cached, $completion, $reasoning, $characters, $spoken, $heard)
        ON CONFLICT (request_id) DO NOTHING
        """;

    private const string Day =
        """
        INSERT INTO usage_days VALUES
            ($key, $day, $model, $kind, 1, $failed, $cancelled, $prompt, $cached, $completion, $reasoning, $characters, $spoken, $heard)
        ON CONFLICT (key_id, day, model, kind) DO UPDATE SET
            requests = requests + 1,
            failed = failed + excluded.failed,
            cancelled = cancelled + excluded.cancelled,
            prompt_tokens = prompt_tokens + excluded.prompt_tokens,
            cached_tokens = cached_tokens + excluded.cached_tokens,
            completion_tokens = completion_tokens + excluded.completion_tokens,
            reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens,
            characters = characters + excluded.characters,
            spoken_ms = spoken_ms + excluded.spoken_ms,
            heard_ms = heard_ms + excluded.heard_ms
        """;

    private readonly SqliteConnection connection;
    private readonly SqliteCommand record;
    private readonly SqliteCommand day;

    /// <param name="folder">The data folder; made when it is missing.</param>
    public UsageStore(string folder)
    {
        DataFolder.Ensure(folder);
        connection = EdgeDatabase.Open(folder);
        record = Command(Record);
        day = Command(Day);
    }

    /// <summary>
    /// Writes all of them or, when it throws, none. A record that is there already is left out. A database that another program keeps locked
    /// fails after <see cref="EdgeDatabase.Patience"/>, so that a stop does not wait for it; whoever writes tries again.
    /// </summary>
    public void Add(IReadOnlyList<UsageRecord> batch)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        (record.Transaction, day.Transaction) = (transaction, transaction);
        foreach (var item in batch)
        {
            Bind(record, item);
            record.Parameters.AddWithValue("$request", item.RequestId);
            record.Parameters.AddWithValue("$ended", item.Ended.ToUnixTimeSeconds());
            record.Parameters.AddWithValue("$status", item.Status);
            record.Parameters.AddWithValue("$outcome", NameOf(item.Outcome));
            if (record.ExecuteNonQuery() == 0) continue;

            Bind(day, item);
            day.Parameters.AddWithValue("$day", UsageReader.Text(DateOnly.FromDateTime(item.Ended.UtcDateTime)));
            day.Parameters.AddWithValue("$failed", item.Outcome == UsageOutcome.Failed ? 1 : 0);
            day.Parameters.AddWithValue("$cancelled", item.Outcome == UsageOutcome.Cancelled ? 1 : 0);
            day.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Removes records of requests that ended before, not so many at once that others wait long for their turn to write.</summary>
    /// <returns>How many; fewer than <paramref name="most"/> when none is left.</returns>
    public int Prune(DateTimeOffset before, int most)
    {
        using var prune = Command("DELETE FROM usage_records WHERE rowid IN (SELECT rowid FROM usage_records WHERE ended < $before LIMIT $most)");
        prune.Parameters.AddWithValue("$before", before.ToUnixTimeSeconds());
        prune.Parameters.AddWithValue("$most", most);
        return prune.ExecuteNonQuery();
    }

    public void Dispose()
    {
        record.Dispose();
        day.Dispose();
        connection.Dispose();
    }

    private static void Bind(SqliteCommand command, UsageRecord item)
    {
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$key", item.KeyId);
        command.Parameters.AddWithValue("$kind", item.Kind.Name());
        command.Parameters.AddWithValue("$model", item.Model ?? "");
        command.Parameters.AddWithValue("$prompt", item.PromptTokens);
        command.Parameters.AddWithValue("$cached", item.CachedTokens);
        command.Parameters.AddWithValue("$completion", item.CompletionTokens);
        command.Parameters.AddWithValue("$reasoning", item.ReasoningTokens);
        command.Parameters.AddWithValue("$characters", item.Characters);
        command.Parameters.AddWithValue("$spoken", Milliseconds(item.SpokenSeconds));
        command.Parameters.AddWithValue("$heard", Milliseconds(item.HeardSeconds));
    }

    /// <summary>Whole ones: sums of many then have no error.</summary>
    private static long Milliseconds(double seconds) => (long)Math.Round(seconds * 1000);

    private static string NameOf(UsageOutcome outcome) => outcome switch
    {
        UsageOutcome.Answered => "answered",
        UsageOutcome.Failed => "failed",
        _ => "cancelled",
    };

    // Every text is a constant of this class; values travel as parameters.
#pragma warning disable CA2100
    private SqliteCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
#pragma warning restore CA2100
}
