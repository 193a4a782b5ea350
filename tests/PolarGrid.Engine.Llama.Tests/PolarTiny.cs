using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;

namespace PolarGrid.Engine.Llama.Tests;

/// <summary>The model that comes with PolarGrid, loaded once per test class.</summary>
public sealed class PolarTiny : IDisposable
{
    private readonly Lazy<LlamaModel> model = new(() =>
        LlamaModelLoader.Load(Stories.Backend, FilePath!, new LlamaModelOptions(), null, CancellationToken.None));

    /// <summary>Null where the file is absent.</summary>
    public static string? FilePath { get; } = Find();

    public LlamaModel Model => model.Value;

    public LlamaRunner CreateRunner(int sequences = 8) => Model.CreateRunner(
        new LlamaRunnerOptions { KvTokens = 2048, Sequences = sequences, BatchTokens = 256, Threads = 1 }, TimeProvider.System);

    public void Dispose()
    {
        if (model.IsValueCreated) model.Value.Dispose();
    }

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "models", "polar-tiny", "polar-tiny-q8_0.gguf");
            if (File.Exists(candidate)) return candidate;
        }

        return null;
    }
}

/// <summary>A test that needs polar-tiny; skipped with a sentence when it is absent.</summary>
public sealed class PolarTinyFactAttribute : FactAttribute
{
    public PolarTinyFactAttribute() => Skip = PolarTiny.FilePath is null ? "models/polar-tiny/polar-tiny-q8_0.gguf is not there." : null;
}
