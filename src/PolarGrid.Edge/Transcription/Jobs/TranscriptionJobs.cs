using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Errors;
using PolarGrid.Contracts.Transcription;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Storage;
using PolarGrid.Edge.Streaming;
using PolarGrid.Edge.Transcription.Forms;

namespace PolarGrid.Edge.Transcription.Jobs;

/// <summary>
/// Transcriptions that nobody waits for on the line: taken in within bounds, worked on a few at a time, kept for a while under the key
/// that sent them. Results survive a restart; what was not finished then is failed and says so.
/// </summary>
/// <remarks>All members are safe from any thread.</remarks>
internal sealed class TranscriptionJobs : IAsyncDisposable
{
    private const string IdPrefix = "job_transcription_";
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    /// <summary>What was heard took long; a locked database does not undo it at once.</summary>
    private static readonly TimeSpan LongestKeeping = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<string, JobRecord> jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> bytesOfKey = new(StringComparer.Ordinal);
    private readonly HashSet<Task> running = [];
    private readonly HashSet<UploadedFile> files = [];
    private readonly CancellationTokenSource stopping;
    private readonly JobTurns turns;
    private readonly JobStore store;
    private readonly JobRunner runner;
    private readonly IUsageSink usage;
    private readonly TranscriptionOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<TranscriptionJobs> logger;
    private ITimer? sweeper;

    public TranscriptionJobs(
        EdgeOptions options, JobRunner runner, IUsageSink usage, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<TranscriptionJobs> logger)
    {
        // Models may stop before this object does; then jobs have been told first, and are not taken for failed.
        stopping = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        this.options = options.Transcription;
        this.runner = runner;
        this.usage = usage;
        this.time = time;
        this.logger = logger;
        turns = new JobTurns(this.options.MaxRunningJobs);
        store = new JobStore(options.DataFolder, time);
        foreach (var job in store.All()) jobs[job.Id] = job.Status.IsFinished() ? job : Lost(job);
        if (jobs.Count > 0) BeginSweeping();
    }

    /// <summary>Takes a job in, or says why not. The file is disposed either way, at once or when the job ends.</summary>
    public (TranscriptionJob? Job, ApiError? Error) Submit(string keyId, TranscriptionPlan plan, UploadedFile file)
    {
        var job = new JobRecord(AnswerIdentity.NewId(IdPrefix), keyId, plan.Model.Id, plan.Format, time.GetUtcNow());
        lock (gate)
        {
            try
            {
                if (Full(keyId, file) is { } error)
                {
                    file.Dispose();
                    return (null, error);
                }

                store.Add(job);
            }
            catch
            {
                file.Dispose();
                throw;
            }

            jobs[job.Id] = job;
            BeginSweeping();
            bytesOfKey[keyId] = bytesOfKey.GetValueOrDefault(keyId) + file.Length;
            files.Add(file);
            var work = RunAsync(job, plan, file);
            if (!work.IsCompleted) running.Add(work);
            _ = work.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        return (Show(job), null);
    }

    /// <returns>Null when this key has no such job, or no longer.</returns>
    public TranscriptionJob? Find(string keyId, string id)
    {
        JobRecord? job;
        lock (gate)
        {
            if (!jobs.TryGetValue(id, out job) || job.KeyId != keyId || IsOver(job)) return null;
        }

        return Show(job);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        if (sweeper is not null) await sweeper.DisposeAsync();
        Task[] left;
        lock (gate) left = [.. running];
        await Task.WhenAll(left);
        store.Dispose();
        stopping.Dispose();
    }

    private async Task RunAsync(JobRecord job, TranscriptionPlan plan, UploadedFile file)
    {
        // Let the submitting request go on first.
        await Task.Yield();
        var length = file.Length;
        var progress = new JobProgress();
        try
        {
            using (file)
            {
                await turns.WaitAsync(job.KeyId, stopping.Token);
                try
                {
                    Begin(job with { Status = JobStatus.Processing });
                    var started = time.GetTimestamp();
                    var (body, error) = await runner.RunAsync(plan, file, progress, stopping.Token);
                    if (error is not null) stopping.Token.ThrowIfCancellationRequested();
                    var end = job with
                    {
                        Status = error is null ? JobStatus.Completed : JobStatus.Failed,
                        Finished = time.GetUtcNow(),
                        Error = error is null ? null : ErrorWriter.EventOf(error).Error,
                    };
                    end = await KeepAsync(end, body);
                    progress.Status = end.Status == JobStatus.Completed ? 200 : (error?.Kind ?? ErrorTable.Internal).Status;
                    JobLog.Ended(logger, job.Id, end.Status, end.Error?.Code, job.KeyId, job.Model, progress.HeardSeconds, time.GetElapsedTime(started).TotalMilliseconds);
                }
                finally
                {
                    turns.Release(job.KeyId);
                }
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The table says that it was not finished; the next start reads that.
        }
        catch (Exception failed)
        {
            JobLog.Unexpected(logger, job.Id, failed.GetType().FullName, failed.StackTrace);
            await KeepAsync(job with { Status = JobStatus.Failed, Finished = time.GetUtcNow(), Error = Internal() }, null);
        }
        finally
        {
            lock (gate)
            {
                files.Remove(file);
                if ((bytesOfKey[job.KeyId] -= length) == 0) bytesOfKey.Remove(job.KeyId);
            }

            await CountAsync(job, progress);
        }
    }

    /// <summary>However it ended; what comes again at the next start counts once, by its id.</summary>
    private Task CountAsync(JobRecord job, JobProgress progress) => usage.AddAsync(new UsageRecord(job.Id, job.KeyId, UsageKind.Transcription, time.GetUtcNow())
    {
        Model = job.Model,
        Status = progress.Status,
        Outcome = progress.Status == 200 ? UsageOutcome.Answered : UsageOutcome.Failed,
        HeardSeconds = progress.HeardSeconds,
    }).AsTask();

    private void Ended(Task work)
    {
        lock (gate) running.Remove(work);
    }

    private void Begin(JobRecord job)
    {
        Publish(job);
        try
        {
            store.Update(job, null);
        }
        catch (Exception failure)
        {
            // It is begun all the same; after a crash both states mean the same.
            JobLog.Unwritten(logger, failure, job.Id, job.Status);
        }
    }

    /// <summary>Writes down how a job ended, then lets callers see it. Nobody waits meanwhile but the job itself.</summary>
    /// <returns>What callers see: a job whose result could not be written has failed.</returns>
    private async Task<JobRecord> KeepAsync(JobRecord job, byte[]? result)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                store.Update(job, result);
                return Publish(job);
            }
            catch (DatabaseBusyException) when (time.GetElapsedTime(began) < LongestKeeping)
            {
                // Again, after a rest.
            }
            catch (Exception failure)
            {
                // Whoever asks must not wait for ever; a result that is in no table cannot be given out.
                JobLog.Unwritten(logger, failure, job.Id, job.Status);
                return Publish(result is null ? job : job with { Status = JobStatus.Failed, Error = Internal() });
            }

            await Task.Delay(SharedConnection.Rest, time, stopping.Token);
        }
    }

    private JobRecord Publish(JobRecord job)
    {
        lock (gate) return jobs[job.Id] = job;
    }

    private static ErrorBody Internal() => ErrorWriter.EventOf(new(ErrorTable.Internal, ErrorTable.Internal.Sentence)).Error;

    private ApiError? Full(string keyId, UploadedFile file)
    {
        if (jobs.Values.Count(job => job.KeyId == keyId && !IsOver(job)) >= options.MaxJobsOfKey)
        {
            return Wait(ErrorTable.TooManyJobs, $"This key has {options.MaxJobsOfKey} jobs, finished ones included, which is its limit; they are removed {options.JobKeptSeconds} seconds after their end.");
        }

        if (bytesOfKey.GetValueOrDefault(keyId) + file.Length > options.MaxJobBytesOfKey)
        {
            return Wait(ErrorTable.TooManyJobs, $"The files of this key's waiting jobs would be more than {options.MaxJobBytesOfKey} bytes. Wait until some are done.");
        }

        if (files.Sum(waiting => waiting.HeldBytes) + file.HeldBytes > options.MaxJobBytesTogether)
        {
            return Wait(ErrorTable.QueueFull, "The server holds as many files of waiting jobs as it may. Try again later, or without 'async'.");
        }

        return jobs.Count >= options.MaxJobs
            ? Wait(ErrorTable.QueueFull, $"The server keeps {options.MaxJobs} jobs, which is its limit. Try again later, or without 'async'.")
            : null;
    }

    private static ApiError Wait(ErrorKind kind, string message) => new(kind, message) { RetryAfterSeconds = 30 };

    private bool IsOver(JobRecord job) =>
        job.Finished is { } finished && (time.GetUtcNow() - finished).TotalSeconds >= options.JobKeptSeconds;

    /// <summary>A server without jobs has no timer.</summary>
    private void BeginSweeping() =>
        sweeper ??= time.CreateTimer(static all => ((TranscriptionJobs)all!).Sweep(), this, SweepEvery, SweepEvery);

    private void Sweep()
    {
        lock (gate)
        {
            foreach (var job in jobs.Values.Where(IsOver).ToList())
            {
                jobs.Remove(job.Id);
                try
                {
                    store.Remove(job.Id);
                }
                catch (Exception failure)
                {
                    JobLog.Unremoved(logger, failure, job.Id);
                }
            }
        }
    }

    private JobRecord Lost(JobRecord job)
    {
        var lost = job with
        {
            Status = JobStatus.Failed,
            Finished = time.GetUtcNow(),
            Error = new ErrorBody
            {
                Message = "The server was restarted before this job was finished, and its recording is gone. Send it again.",
                Type = ErrorTable.JobLost.Type,
                Code = ErrorTable.JobLost.Code,
            },
        };
        store.Update(lost, null);

        // A stop has written what was heard of it; after a crash nobody knows.
        var counting = CountAsync(lost, new JobProgress());
        if (!counting.IsCompleted) running.Add(counting);
        return lost;
    }

    private TranscriptionJob Show(JobRecord job) => new()
    {
        JobId = job.Id,
        Status = job.Status.Name(),
        PollUrl = $"{TranscriptionApi.Path}?job_id={job.Id}",
        Model = job.Model,
        ResponseFormat = job.Format.Name(),
        CreatedAt = job.Created.ToUnixTimeSeconds(),
        FinishedAt = job.Finished?.ToUnixTimeSeconds(),
        ExpiresAt = job.Finished?.AddSeconds(options.JobKeptSeconds).ToUnixTimeSeconds(),
        Result = job.Status == JobStatus.Completed && store.Result(job.Id) is { } body ? ResultOf(job.Format, body) : null,
        Error = job.Error,
    };

    private static JsonElement ResultOf(TranscriptFormat format, byte[] body)
    {
        var json = format is TranscriptFormat.Json or TranscriptFormat.VerboseJson ? body : JsonSerializer.SerializeToUtf8Bytes(Encoding.UTF8.GetString(body), WireJson.Wire.String);
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
