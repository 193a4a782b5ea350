using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Testing;

namespace PolarGrid.Engine.Llama.Tests;

/// <summary>The model that comes with PolarGrid, loaded once per test class.</summary>
public sealed class PolarTiny : IDisposable
{
    public const string InRepository = "models/polar-tiny/polar-tiny-q8_0.gguf";

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
        var path = SourceTree.At(InRepository);
        return File.Exists(path) ? path : null;
    }
}

/// <summary>A test that needs polar-tiny; skipped with a sentence when it is absent.</summary>
public sealed class PolarTinyFactAttribute : FactAttribute
{
    public PolarTinyFactAttribute() => Skip = PolarTiny.FilePath is null ? $"{PolarTiny.InRepository} is missing from the working tree." : null;
}

/// <summary>The same for a test with cases.</summary>
public sealed class PolarTinyTheoryAttribute : TheoryAttribute
{
    public PolarTinyTheoryAttribute() => Skip = PolarTiny.FilePath is null ? "models/polar-tiny/polar-tiny-q8_0.gguf is not there." : null;
}
