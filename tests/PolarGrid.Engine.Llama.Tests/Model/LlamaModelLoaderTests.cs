using PolarGrid.Engine.Llama.Model;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Model;

public sealed class LlamaModelLoaderTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    [Fact]
    public void Garbage_never_reaches_the_native_loader()
    {
        var path = Write("garbage.gguf", [.. Enumerable.Range(0, 37).Select(i => (byte)(i * 7))]);

        var error = Should.Throw<ModelLoadException>(() => Load(path));

        error.Message.ShouldContain(path);
        error.Message.ShouldContain("GGUF");
    }

    [Theory]
    [InlineData("GGUF")]
    [InlineData("GGUF\u0003\0\0\0\u0001\0\0\0\0\0\0\0")]
    [InlineData("GGUF\u0009\0\0\0\u0001\0\0\0\0\0\0\0\u0001\0\0\0\0\0\0\0")]
    [InlineData("GGUF\u0003\0\0\0\u0001\0\0\0\0\0\0\u007f\u0001\0\0\0\0\0\0\0")]
    [InlineData("")]
    public void A_header_that_cannot_be_is_refused(string content)
    {
        var path = Write("bad.gguf", [.. content.Select(character => (byte)character)]);
        Should.Throw<ModelLoadException>(() => Load(path));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = Path.Combine(root.Path, "none.gguf");
        Should.Throw<ModelLoadException>(() => Load(path)).Message.ShouldContain(path);
    }

    [Fact]
    public void A_folder_is_refused() => Should.Throw<ModelLoadException>(() => Load(root.Path));

    [SharedFact(Stories.File)]
    public void A_model_cut_short_is_refused_before_native_code_sees_it()
    {
        var whole = File.ReadAllBytes(SharedFiles.Get(Stories.File));
        var path = Write("cut.gguf", whole[..^1000]);
        Should.Throw<ModelLoadException>(() => Load(path)).Message.ShouldContain("not a usable model");
    }

    [SharedFact(Stories.File)]
    public void A_model_says_what_it_is()
    {
        using var model = Load(SharedFiles.Get(Stories.File));

        model.Info.Architecture.ShouldBe("llama");
        model.Info.Quantisation.ShouldBe("Q8_0");
        model.Info.Parameters.ShouldBeInRange(200_000, 400_000);
        model.Info.TrainedContextTokens.ShouldBeGreaterThan(0);
        model.Info.KeepsState.ShouldBeFalse();
        model.Info.KvBytesPerToken.ShouldBeGreaterThan(0);
        model.Info.Created.ShouldBeGreaterThan(0);
        model.Tokenizer.VocabularySize.ShouldBe(512);
    }

    [SharedFact(Stories.ChatFile)]
    public void A_chat_model_brings_its_template()
    {
        using var model = Load(SharedFiles.Get(Stories.ChatFile));
        model.Info.ChatTemplate.ShouldNotBeNullOrEmpty();
        model.Info.ToolChatTemplate.ShouldBeNull();
    }

    [SharedFact(Stories.File)]
    public void Progress_reaches_the_end()
    {
        var seen = new List<float>();
        using var model = LlamaModelLoader.Load(
            Stories.Backend, SharedFiles.Get(Stories.File), new LlamaModelOptions(), new Recorder(seen), CancellationToken.None);

        seen.ShouldNotBeEmpty();
        seen[^1].ShouldBe(1f);
        seen.ShouldBeInOrder();
    }

    [SharedFact(Stories.File)]
    public void A_cancelled_load_ends_between_tensors()
    {
        using var cancelled = new CancellationTokenSource();
        var progress = new Canceller(cancelled);
        Should.Throw<OperationCanceledException>(() => LlamaModelLoader.Load(
            Stories.Backend, SharedFiles.Get(Stories.File), new LlamaModelOptions(), progress, cancelled.Token));
    }

    [SharedFact(Stories.File)]
    public void A_context_that_cannot_be_is_refused_with_a_sentence()
    {
        using var model = Load(SharedFiles.Get(Stories.File));
        var error = Should.Throw<ModelLoadException>(() => model.CreateRunner(new() { KvTokens = 1 }, TimeProvider.System));
        error.Message.ShouldContain("KvTokens is 1");
    }

    public void Dispose() => root.Dispose();

    private static LlamaModel Load(string path, LlamaModelOptions? options = null) =>
        LlamaModelLoader.Load(Stories.Backend, path, options ?? new LlamaModelOptions(), null, CancellationToken.None);

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(root.Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private sealed class Recorder(List<float> seen) : IProgress<float>
    {
        public void Report(float value) => seen.Add(value);
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<float>
    {
        public void Report(float value) => source.Cancel();
    }
}
