using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Text;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Engine.Llama.Tests.Text;

public sealed class InfillTests
{
    [SharedFact(Stories.File)]
    public void A_model_without_the_tokens_has_none()
    {
        using var model = Stories.Load(Stories.File);

        model.Tokenizer.Infill.ShouldBeNull();
    }

    [SharedFact(Stories.File)]
    public void A_model_whose_file_names_the_tokens_has_them()
    {
        var patch = new GgufPatch()
            .Add("tokenizer.ggml.prefix_token_id", 10).Add("tokenizer.ggml.suffix_token_id", 11).Add("tokenizer.ggml.middle_token_id", 12);

        patch.Use(SharedFiles.Get(Stories.File), path =>
        {
            using var model = LlamaModelLoader.Load(Stories.Backend, path, new LlamaModelOptions { MemoryMap = false }, null, CancellationToken.None);
            return model.Tokenizer.Infill;
        }).ShouldBe(new InfillTokens(10, 11, 12));
    }
}
