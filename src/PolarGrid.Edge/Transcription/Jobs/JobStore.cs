using Microsoft.Data.Sqlite;
using PolarGrid.Contracts.Errors;
using PolarGrid.Edge.Storage;

namespace PolarGrid.Edge.Transcription.Jobs;

/// <summary>The table of transcription jobs. Results are in it, recordings are not. Its members are safe from any thread.</summary>
/// <param name="folder">The data folder; exists.</param>
/// <param name="time">For the rest behind a locked database.</param>
/// <exception cref="DatabaseBusyException">Thrown by all members when another program keeps the database locked.</exception>
internal sealed class JobStore(string folder, TimeProvider time) : IDisposable
{
    private const string Columns = "id, key_id, model, format, created, status, finished, error_message, error_type, error_code, error_param";

    private readonly SharedConnection table = new(EdgeDatabase.Open(folder), time);

    public void Add(JobRecord job) => table.Run(
        "INSERT INTO transcription_jobs (id, key_id, model, format, created, status) VALUES ($id, $key, $model, $format, $created, $status)",
        ("$id", job.Id),
        ("$key", job.KeyId),
        ("$model", job.Model),
        ("$format", job.Format.Name()),
        ("$created", job.Created.ToUnixTimeSeconds()),
        ("$status", job.Status.Name()));

    /// <param name="job">With its new state.</param>
    /// <param name="result">The body of a completed job; null otherwise.</param>
    public void Update(JobRecord job, byte[]? result) => table.Run(
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

    public void Remove(string id) => table.Run("DELETE FROM transcription_jobs WHERE id = $id", ("$id", id));

    /// <summary>Of every key, oldest first.</summary>
    public IReadOnlyList<JobRecord> All() => table.Query(Row, $"SELECT {Columns} FROM transcription_jobs ORDER BY created, rowid");

    public byte[]? Result(string id) => table.Query(
        static row => row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0),
        "SELECT result FROM transcription_jobs WHERE id = $id",
        ("$id", id)).SingleOrDefault();

    public void Dispose() => table.Dispose();

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
