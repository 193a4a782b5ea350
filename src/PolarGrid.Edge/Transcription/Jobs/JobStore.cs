using Microsoft.Data.Sqlite;
using PolarGrid.Contracts.Errors;
using PolarGrid.Edge.Storage;

namespace PolarGrid.Edge.Transcription.Jobs;

/// <summary>The table of transcription jobs. Results are in it, recordings are not. One connection, used by one thread at a time.</summary>
internal sealed class JobStore : IDisposable
{
    private const string Columns = "id, key_id, model, format, created, status, finished, error_message, error_type, error_code, error_param";

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;

    public JobStore(string folder) => connection = EdgeDatabase.Open(folder);

    public void Add(JobRecord job) => Run(
        "INSERT INTO transcription_jobs (id, key_id, model, format, created, status) VALUES ($id, $key, $model, $format, $created, $status)",
        ("$id", job.Id),
        ("$key", job.KeyId),
        ("$model", job.Model),
        ("$format", job.Format.Name()),
        ("$created", job.Created.ToUnixTimeSeconds()),
        ("$status", job.Status.Name()));

    /// <param name="job">With its new state.</param>
    /// <param name="result">The body of a completed job; null otherwise.</param>
    public void Update(JobRecord job, byte[]? result) => Run(
        """
        UPDATE transcription_jobs SET status = $status, finished = $finished, result = $result,
            error_message = $message, error_type = $type, error_code = $code, error_param = $param WHERE id = $id
        """,
        ("$id", job.Id),
        ("$status", job.Status.Name()),
        ("$finished", (object?)job.Finished?.ToUnixTimeSeconds() ?? DBNull.Value),
        ("$result", (object?)result ?? DBNull.Value),
        ("$message", (object?)job.Error?.Message ?? DBNull.Value),
        ("$type", (object?)job.Error?.Type ?? DBNull.Value),
        ("$code", (object?)job.Error?.Code ?? DBNull.Value),
        ("$param", (object?)job.Error?.Param ?? DBNull.Value));

    public void Remove(string id) => Run("DELETE FROM transcription_jobs WHERE id = $id", ("$id", id));

    /// <summary>Of every key, oldest first.</summary>
    public IReadOnlyList<JobRecord> All()
    {
        lock (gate)
        {
            using var command = Command($"SELECT {Columns} FROM transcription_jobs ORDER BY created, rowid");
            using var reader = command.ExecuteReader();
            var rows = new List<JobRecord>();
            while (reader.Read()) rows.Add(Row(reader));
            return rows;
        }
    }

    public byte[]? Result(string id)
    {
        lock (gate)
        {
            using var command = Command("SELECT result FROM transcription_jobs WHERE id = $id", ("$id", id));
            return command.ExecuteScalar() as byte[];
        }
    }

    public void Dispose() => connection.Dispose();

    private void Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        lock (gate)
        {
            using var command = Command(sql, parameters);
            command.ExecuteNonQuery();
        }
    }

    // Every text is a constant of this class; values travel as parameters.
#pragma warning disable CA2100
    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
#pragma warning restore CA2100

    private static JobRecord Row(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), TranscriptFormats.Parse(row.GetString(3)), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(4)))
        {
            Status = JobStatuses.Parse(row.GetString(5)),
            Finished = row.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(6)),
            Error = row.IsDBNull(7)
                ? null
                : new ErrorBody { Message = row.GetString(7), Type = row.GetString(8), Code = Text(row, 9), Param = Text(row, 10) },
        };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
