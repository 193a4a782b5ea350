using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PolarGrid.Engine.Gguf;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Llama.Text;

namespace PolarGrid.Engine.Llama.Model;

/// <summary>Brings a GGUF file into memory.</summary>
public static unsafe class LlamaModelLoader
{
    /// <summary>Loads a model. Blocks for as long as it takes to read the file.</summary>
    /// <param name="backend">Proof that the library is started.</param>
    /// <param name="path">A GGUF file; of a split model, its first part.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="progress">Receives 0 to 1 on this thread; may be null.</param>
    /// <param name="cancellationToken">Ends the load between tensors.</param>
    /// <exception cref="ModelLoadException">The file cannot be read or is not a usable model.</exception>
    /// <exception cref="OperationCanceledException">The token fired; nothing stays in memory.</exception>
    public static LlamaModel Load(
        LlamaBackend backend, string path, LlamaModelOptions options, IProgress<float>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { } mistake) throw new ModelLoadException(mistake);
        cancellationToken.ThrowIfCancellationRequested();

        var (file, created) = CheckFile(path);
        var other = LooksAlikeToEveryBuild(file) ? backend.OtherCpuBuild : null;
        var handle = LoadNative(path, options, repack: options.RepackWeights && other is null, progress, cancellationToken);
        try
        {
            if (NativeModel.HasEncoder(handle) || !NativeModel.HasDecoder(handle) || NativeModel.IsDiffusion(handle))
            {
                throw new ModelLoadException($"{path} is not a text generation model.");
            }

            return new LlamaModel(handle, ModelInspector.Inspect(handle, file.ReadsOnly, created), LlamaTokenizer.Create(handle), other);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    // Native code answers an unreadable or broken file with an abort that cannot be caught, so managed code inspects it first.
    private static (GgufDescription File, long Created) CheckFile(string path)
    {
        var inspected = GgufFile.Inspect(path);
        if (!inspected.Succeeded) throw new ModelLoadException($"{path} is not a usable model: {inspected.Error}");
        if (ModelFitness.Mistake(inspected.Description) is { } mistake) throw new ModelLoadException($"{path} {mistake}");
        return (inspected.Description, new DateTimeOffset(File.GetLastWriteTimeUtc(path)).ToUnixTimeSeconds());
    }

    /// <summary>Whether all weights are of types that no build for x86 without a matrix unit lays out in its own way.</summary>
    private static bool LooksAlikeToEveryBuild(GgufDescription file) => file.BytesByType.All(type => type.Key is "F32" or "F16" or "BF16" or "Q8_0");

    private static ModelHandle LoadNative(
        string path, LlamaModelOptions options, bool repack, IProgress<float>? progress, CancellationToken cancellationToken)
    {
        var parameters = NativeModel.DefaultParams();
        parameters.GpuLayers = options.GpuLayers;
        parameters.LoadMode = options.MemoryMap ? LlamaLoadMode.Mmap : LlamaLoadMode.None;
        parameters.UseExtraBufferTypes = repack ? (byte)1 : (byte)0;

        var load = new ProgressState(progress, cancellationToken);
        var pinned = GCHandle.Alloc(load);
        try
        {
            parameters.ProgressCallback = &Report;
            parameters.ProgressCallbackData = (void*)GCHandle.ToIntPtr(pinned);
            NativeLog.TakeLastError();
            var handle = NativeModel.LoadFromFile(path, parameters);
            if (!handle.IsInvalid) return handle;

            handle.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new ModelLoadException($"{path} cannot be loaded: {NativeLog.TakeLastError() ?? "the library gives no reason"}.");
        }
        finally
        {
            pinned.Free();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte Report(float done, void* data)
    {
        try
        {
            var load = (ProgressState)GCHandle.FromIntPtr((nint)data).Target!;
            load.Progress?.Report(done);
            return load.CancellationToken.IsCancellationRequested ? (byte)0 : (byte)1;
        }
        catch (Exception)
        {
            // An exception must not unwind into native code; a progress sink that throws ends the load.
            return 0;
        }
    }

    private sealed record ProgressState(IProgress<float>? Progress, CancellationToken CancellationToken);
}
