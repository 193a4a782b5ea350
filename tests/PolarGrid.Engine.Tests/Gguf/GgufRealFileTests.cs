using PolarGrid.Testing;
using System.Diagnostics;
using PolarGrid.Engine.Gguf;
using PolarGrid.Engine.Templates;
using Shouldly;

namespace PolarGrid.Engine.Tests.Gguf;

public class GgufRealFileTests
{
    private const string Chat = "models/stories260K-chat-f32.gguf", Quantised = "models/stories260K-q8_0.gguf", OtherFormat = "models/silero_vad.onnx";

    [SharedFact("models")]
    public void Every_shared_model_is_accepted_within_milliseconds()
    {
        foreach (var path in Directory.GetFiles(SharedFiles.Get("models"), "*.gguf"))
        {
            GgufFile.Inspect(path).Error.ShouldBeNull(path);
            var clock = Stopwatch.StartNew();
            GgufFile.Inspect(path);
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMilliseconds(500));
        }
    }

    [SharedFact(Chat)]
    public void The_small_story_model_is_described_as_it_is()
    {
        var model = GgufFile.Inspect(SharedFiles.Get(Chat)).Description.ShouldNotBeNull();
        (model.Architecture, model.ContextLength, model.BlockCount, model.EmbeddingLength).ShouldBe(("llama", 512, 5, 64));
        (model.VocabularySize, model.TensorCount, model.ParameterCount).ShouldBe((512, 48, 292_800L));
        model.HeadCounts.ShouldBe([8, 8, 8, 8, 8]);
        model.KeyValueHeadCounts.ShouldBe([4, 4, 4, 4, 4]);
        model.KeyValueBytesPerToken(GgmlType.F16, GgmlType.F16).ShouldBe(5 * 4 * (8 + 8) * 2);
        ChatTemplate.Parse(model.ChatTemplate!).Error.ShouldBeNull();
    }

    [SharedFact(Quantised)]
    public void A_quantised_model_names_its_type() =>
        GgufFile.Inspect(SharedFiles.Get(Quantised)).Description!.Quantisation.ShouldBe("Q8_0");

    [SharedFact(OtherFormat)]
    public void A_model_of_another_format_is_refused() =>
        GgufFile.Inspect(SharedFiles.Get(OtherFormat)).Error!.Message.ShouldContain("no GGUF model");
}
