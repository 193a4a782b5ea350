using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Testing;

namespace PolarGrid.Engine.Llama.Tests;

/// <summary>The tiny story model, loaded once per test class.</summary>
public sealed class Stories : IDisposable
{
    public const string File = "models/stories260K-q8_0.gguf";
    public const string ChatFile = "models/stories260K-chat-f32.gguf";

    private readonly Lazy<LlamaModel> model = new(() => Load(File));

    public static LlamaBackend Backend => LlamaBackend.Start(null, NullLogger.Instance);

    public LlamaModel Model => model.Value;

    public static LlamaModel Load(string file) =>
        LlamaModelLoader.Load(Backend, SharedFiles.Get(file), new LlamaModelOptions(), null, CancellationToken.None);

    public LlamaRunner CreateRunner(int sequences = 8, int batchTokens = 128, int kvTokens = 1024, KvLayout layout = KvLayout.Shared) =>
        Model.CreateRunner(
            new LlamaRunnerOptions
            {
                KvTokens = kvTokens, Sequences = sequences, BatchTokens = batchTokens, Threads = 1, KvLayout = layout,
            },
            TimeProvider.System);

    public void Dispose()
    {
        if (model.IsValueCreated) model.Value.Dispose();
    }
}
