using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;

namespace PolarGrid.Edge.Tests.Transcription.Jobs;

/// <summary>A server that runs one job at a time, whose engine can be held, and the calls that every test makes.</summary>
public abstract class JobTests : IAsyncLifetime
{
    private readonly SemaphoreSlim hold = new(0);

    private protected FakeTimeProvider Time { get; } = new();

    private protected TranscriptionServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await TranscriptionServer.StartAsync(
        options =>
        {
            options.Transcription.MaxJobsOfKey = 5;
            options.Transcription.JobKeptSeconds = 60;
            options.Transcription.MaxRunningJobs = 1;
        },
        Time);

    public async Task DisposeAsync()
    {
        hold.Release(1000);
        await Server.DisposeAsync();
        hold.Dispose();
    }

    /// <summary>Stops the engine at its next chunk.</summary>
    private protected void Hold() => Server.Engine.OnChunk = () => hold.Wait(TimeSpan.FromSeconds(20));

    private protected void Release()
    {
        Server.Engine.OnChunk = null;
        hold.Release(100);
    }

    private protected Task<HttpResponseMessage> SubmitAsync(string text, string format = "json") =>
        Server.TranscribeAsync(text, ("async", "true"), ("response_format", format));

    private protected static async Task<string> IdAsync(HttpResponseMessage response) => (await response.JsonAsync()).GetProperty("job_id").GetString()!;

    private protected async Task<JsonElement> PollAsync(string id)
    {
        using var response = await Server.Client.GetAsync($"/v1/audio/transcriptions?job_id={id}");
        return await response.JsonAsync();
    }

    private protected async Task<string?> StatusAsync(string id) => (await PollAsync(id)).GetProperty("status").GetString();
}
