using PolarGrid.Engine.Llama.Native;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Native;

/// <summary>
/// Pins every struct that crosses the border. The numbers were printed by a C program of <c>sizeof</c> and <c>offsetof</c> lines,
/// compiled by gcc for x86-64 against <c>llama.h</c>, <c>ggml.h</c> and <c>ggml-backend-impl.h</c> of llama.cpp v0.5.0; arm64 Linux has the same rules. For a new
/// version print them again from its headers, never from these structs.
/// </summary>
public sealed unsafe class LayoutTests
{
    [Fact]
    public void Model_params() => NativeLayout.Check<LlamaModelParams>(
        80,
        ("Devices", 0), ("TensorBufferOverrides", 8), ("GpuLayers", 16), ("SplitMode", 20), ("LoadMode", 24), ("LazyMode", 28),
        ("MainGpu", 32), ("TensorSplit", 40), ("ProgressCallback", 48), ("ProgressCallbackData", 56), ("MetadataOverrides", 64),
        ("VocabularyOnly", 72), ("CheckTensors", 73), ("UseExtraBufferTypes", 74), ("NoHost", 75), ("NoAlloc", 76), ("LoadMtp", 77));

    [Fact]
    public void Context_params() => NativeLayout.Check<LlamaContextParams>(
        160,
        ("Context", 0), ("Batch", 4), ("MicroBatch", 8), ("MaxSequences", 12), ("RecurrentSnapshots", 16), ("MaxOutputs", 20),
        ("MaxOutputsPerSequence", 24), ("Threads", 28), ("BatchThreads", 32), ("ContextType", 36), ("RopeScalingType", 40),
        ("PoolingType", 44), ("AttentionType", 48), ("FlashAttentionType", 52), ("RopeFrequencyBase", 56), ("RopeFrequencyScale", 60),
        ("YarnExtFactor", 64), ("YarnAttnFactor", 68), ("YarnBetaFast", 72), ("YarnBetaSlow", 76), ("YarnOriginalContext", 80),
        ("DefragThreshold", 84), ("EvalCallback", 88), ("EvalCallbackData", 96), ("KeyType", 104), ("ValueType", 108),
        ("AbortCallback", 112), ("AbortCallbackData", 120), ("Embeddings", 128), ("OffloadKqv", 129), ("NoPerf", 130),
        ("OpOffload", 131), ("SwaFull", 132), ("KvUnified", 133), ("Samplers", 136), ("SamplerCount", 144), ("OtherContext", 152));

    [Fact]
    public void Batch() => NativeLayout.Check<LlamaBatch>(
        56,
        ("Count", 0), ("Tokens", 8), ("Embeddings", 16), ("Positions", 24), ("SequenceCounts", 32), ("SequenceIds", 40), ("Outputs", 48));

    [Fact]
    public void Token_data() => NativeLayout.Check<LlamaTokenData>(12, ("Id", 0), ("Logit", 4), ("Probability", 8));

    [Fact]
    public void Token_data_array() => NativeLayout.Check<LlamaTokenDataArray>(32, ("Data", 0), ("Size", 8), ("Selected", 16), ("Sorted", 24));

    [Fact]
    public void Sampler_chain_params() => NativeLayout.Check<LlamaSamplerChainParams>(1, ("NoPerf", 0));

    [Fact]
    public void Threadpool_params() => NativeLayout.Check<GgmlThreadpoolParams>(
        528, ("Mask", 0), ("Threads", 512), ("Priority", 516), ("Poll", 520), ("StrictCpu", 524), ("Paused", 525));

    [Fact]
    public void Backend() => NativeLayout.Check<GgmlBackend>(
        152,
        ("Guid", 0), ("GetName", 8), ("Free", 16), ("SetTensor", 24), ("GetTensor", 32), ("SetTensor2d", 40), ("GetTensor2d", 48),
        ("CopyTensor", 56), ("Synchronize", 64), ("CreatePlan", 72), ("FreePlan", 80), ("UpdatePlan", 88), ("ComputePlan", 96),
        ("Compute", 104), ("RecordEvent", 112), ("WaitForEvent", 120), ("Optimise", 128), ("Device", 136), ("Context", 144));

    [Fact]
    public void Backend_device() => NativeLayout.Check<GgmlBackendDevice>(
        136,
        ("GetName", 0), ("GetDescription", 8), ("GetMemory", 16), ("GetKind", 24), ("GetProperties", 32), ("CreateBackend", 40),
        ("GetBufferType", 48), ("GetHostBufferType", 56), ("WrapPointer", 64), ("SupportsOperation", 72), ("SupportsBufferType", 80),
        ("OffloadsOperation", 88), ("NewEvent", 96), ("FreeEvent", 104), ("SynchronizeEvent", 112), ("Registry", 120), ("Context", 128));

    [Fact]
    public void Every_struct_of_the_border_is_pinned_here() =>
        NativeLayout.EveryStructIsPinned<LlamaBatch>(typeof(LayoutTests), "Llama", "Ggml");

    // Values that the library itself puts into the structs it returns: a shifted field would show here even if sizes agreed.
    [Fact]
    public void Defaults_of_the_library_lie_where_expected()
    {
        _ = Stories.Backend;

        var context = NativeContext.DefaultParams();
        context.Context.ShouldBe(512u);
        context.Batch.ShouldBe(2048u);
        context.MicroBatch.ShouldBe(512u);
        context.MaxSequences.ShouldBe(1u);
        context.MaxOutputs.ShouldBe(0u);
        context.MaxOutputsPerSequence.ShouldBe(1u);
        context.Threads.ShouldBe(4);
        context.BatchThreads.ShouldBe(4);
        context.RopeScalingType.ShouldBe(-1);
        context.FlashAttentionType.ShouldBe(-1);
        context.YarnExtFactor.ShouldBe(-1f);
        context.DefragThreshold.ShouldBe(-1f);
        context.KeyType.ShouldBe(GgmlTypes.F16);
        context.ValueType.ShouldBe(GgmlTypes.F16);
        (context.Embeddings, context.OffloadKqv, context.NoPerf, context.OpOffload, context.SwaFull, context.KvUnified)
            .ShouldBe(((byte)0, (byte)1, (byte)1, (byte)1, (byte)1, (byte)0));
        context.OtherContext.ShouldBe(0);

        var model = NativeModel.DefaultParams();
        model.GpuLayers.ShouldBe(-1);
        model.SplitMode.ShouldBe(1);
        model.LoadMode.ShouldBe(LlamaLoadMode.Auto);
        model.LazyMode.ShouldBe(1);
        (model.VocabularyOnly, model.CheckTensors, model.UseExtraBufferTypes, model.NoHost, model.NoAlloc).ShouldBe(
            ((byte)0, (byte)0, (byte)1, (byte)0, (byte)0));

        GgmlThreadpoolParams pool;
        NativeBackend.InitThreadpoolParams(&pool, 3);
        pool.Threads.ShouldBe(3);
        pool.Poll.ShouldBe(50u);
        pool.Priority.ShouldBe(0);
        (pool.StrictCpu, pool.Paused).ShouldBe(((byte)0, (byte)0));

        NativeSampling.DefaultChainParams().NoPerf.ShouldBe((byte)1);
    }
}
