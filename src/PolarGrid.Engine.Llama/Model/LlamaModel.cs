using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Llama.Text;

namespace PolarGrid.Engine.Llama.Model;

/// <summary>
/// Loaded weights. Runners hold counted references, so disposing the model frees the weights once the last runner is gone, and only
/// then the tokenizer begins to refuse.
/// </summary>
public sealed class LlamaModel : IDisposable
{
    private readonly ModelHandle handle;

    internal LlamaModel(ModelHandle handle, LlamaModelInfo info, LlamaTokenizer tokenizer)
    {
        this.handle = handle;
        Info = info;
        Tokenizer = tokenizer;
    }

    public LlamaModelInfo Info { get; }

    public LlamaTokenizer Tokenizer { get; }

    /// <summary>Creates a context of its own: KV cache, buffers and threads. The caller disposes it.</summary>
    /// <exception cref="ModelLoadException">A number is out of range, or the context does not fit into memory.</exception>
    public LlamaRunner CreateRunner(LlamaRunnerOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        return LlamaRunner.Create(handle, Info, Tokenizer, options, timeProvider);
    }

    public void Dispose() => handle.Dispose();
}
