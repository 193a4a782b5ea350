using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Tests.Observability;
using PolarGrid.Testing;
using PolarGrid.Testing.Speech;

namespace PolarGrid.Edge.Tests.Transcription.Live;

/// <summary>A server with room for two live sessions, and what their tests say and read.</summary>
public abstract class LiveTests : IAsyncLifetime
{
    private protected FakeTimeProvider Time { get; } = new();

    private protected CapturedLogs Logs { get; } = new();

    private protected TranscriptionServer Server { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Server = await TranscriptionServer.StartAsync(options => options.Transcription.MaxLiveSessions = 2, Time, Logs);

    public async Task DisposeAsync() => await Server.DisposeAsync();

    private protected Task<LiveClient> OpenAsync(string query = "?model=tones") => LiveClient.OpenAsync(Server.Edge, query);

    private protected static async Task SendAsync(LiveClient client, string text, int rate = 16_000, double seconds = 0.2)
    {
        var bytes = Tones.Pcm(Tones.Say(text, rate));
        var step = 2 * (int)(rate * seconds);
        for (var at = 0; at < bytes.Length; at += step) await client.SendAsync(bytes.AsMemory(at, Math.Min(step, bytes.Length - at)));
    }

    private protected static string TypeOf(JsonElement message) => message.GetProperty("type").GetString()!;

    private protected static List<string?> Texts(IEnumerable<JsonElement> messages, string kind) =>
        [.. messages.Where(message => TypeOf(message) == "transcript.text." + kind).Select(message => message.GetProperty("text").GetString())];
}
