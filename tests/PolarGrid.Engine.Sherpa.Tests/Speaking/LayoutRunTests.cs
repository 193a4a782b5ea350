using PolarGrid.Engine.Sherpa.Speaking;
using PolarGrid.Engine.Speech;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests.Speaking;

/// <summary>Voices that are given phonemes are run by the library, with models that need no download.</summary>
public sealed class LayoutRunTests
{
    [EspeakFact]
    public void A_piper_voice_speaks()
    {
        using var folder = TinyVoices.Piper();
        using var engine = new SherpaVoices(folder.Read(), new SherpaOptions()).Create();
        engine.Model.SampleRate.ShouldBe(22_050);
        var few = TonePair.Say(engine, "Hello.").Length;
        var many = TonePair.Say(engine, "Hello, how are you today, my friend?").Length;
        few.ShouldBeGreaterThan(5 * TinyVoices.SamplesPerSound);
        many.ShouldBeGreaterThan(2 * few);
    }

    [EspeakFact]
    public void A_matcha_voice_speaks_through_its_vocoder()
    {
        using var folder = TinyVoices.Matcha();
        using var engine = new SherpaVoices(folder.Read(), new SherpaOptions()).Create();
        TonePair.Say(engine, "Hello there.").Length.ShouldBeGreaterThan(5 * TinyVoices.SamplesPerSound);
    }

    [EspeakFact]
    public void Kokoro_speaks_with_the_voice_that_was_chosen()
    {
        using var folder = TinyVoices.Kokoro().Manifest(manifest => manifest["voices"] = System.Text.Json.Nodes.JsonNode.Parse(
            """[ { "id": "af_low", "speaker": 0, "language": "en-US" }, { "id": "bf_high", "speaker": 1, "language": "en-GB" } ]"""));
        using var engine = new SherpaVoices(folder.Read(), new SherpaOptions()).Create();
        Mean(engine, "af_low").ShouldBe(0, 0.01);
        Mean(engine, "bf_high").ShouldBe(0.1, 0.01);
    }

    // One sound more than the model's table of styles has rows is the end of the process in the library.
    [EspeakFact]
    public void No_text_is_long_enough_to_end_the_process()
    {
        using var folder = TinyVoices.Kokoro(longest: 510);
        using var engine = new SherpaVoices(folder.Read(), new SherpaOptions()).Create();
        foreach (var text in (string[])
            [
                string.Concat(Enumerable.Repeat("supercalifragilistic expialidocious ", 120)),
                new string('w', 4096), new string('W', 4000), new string('7', 4000), string.Concat(Enumerable.Repeat("w. ", 1300)),
                string.Concat(Enumerable.Repeat("a.b.c.", 600)), string.Concat(Enumerable.Repeat("€%&@#", 500)) + "x",
                string.Concat(Enumerable.Repeat("日本語", 300)), string.Concat(Enumerable.Repeat("\u0301e", 900)), "(" + new string('-', 3000) + ") a",
            ])
        {
            TonePair.Say(engine, text).Length.ShouldBeGreaterThan(0);
        }
    }

    [EspeakFact]
    public void Random_text_of_any_script_never_ends_the_process()
    {
        using var folder = TinyVoices.Kokoro(longest: 510);
        using var engine = new SherpaVoices(folder.Read(), new SherpaOptions()).Create();
        var random = new Random(5);
        (int First, int Last)[] ranges = [(0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x52F), (0x590, 0x6FF), (0x900, 0x97F), (0x2000, 0x20CF), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0x1F300, 0x1FAFF), (0, 0xD7FF)];
        for (var round = 0; round < 150; round++)
        {
            var (from, to) = ranges[random.Next(ranges.Length)];
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 600)).Select(_ => char.ConvertFromUtf32(random.Next(from, to + 1))));
            var error = engine.Speak(new SpokenPiece(text, engine.Model.Voices[0].Id), _ => true);
            if (error is not null) error.Code.ShouldBeOneOf(SpeechErrorCode.NothingToSay, SpeechErrorCode.EngineFailed);
        }
    }

    [EspeakFact]
    public void Every_layout_passes_its_probe()
    {
        foreach (var make in (Func<ModelFolder>[])[TinyVoices.Piper, TinyVoices.Matcha, () => TinyVoices.Kokoro(longest: 510)])
        {
            using var folder = make();
            SherpaProbe.Run(folder.Read()).ShouldBeNull();
        }
    }

    [EspeakFact]
    public void Styles_that_do_not_belong_to_the_model_are_refused()
    {
        using var folder = TinyVoices.Kokoro();
        File.WriteAllBytes(folder.At("voices.bin"), new byte[100]);
        folder.Refusal().ShouldContain("voices.bin has 100 bytes, but 2 voices need");
    }

    [EspeakFact]
    public void A_folder_of_espeak_that_is_not_whole_is_refused()
    {
        using var folder = TinyVoices.Piper();
        File.Delete(Path.Combine(folder.At("espeak-ng-data"), "phondata"));
        folder.Refusal().ShouldContain("has no file phondata");
    }

    [EspeakFact]
    public void A_vocoder_of_another_kind_is_refused()
    {
        using var folder = TinyVoices.Matcha();
        File.Copy(folder.At("model.onnx"), folder.At("vocoder.onnx"), overwrite: true);
        folder.Refusal().ShouldContain("vocoder.onnx has 4 inputs");
    }

    private static double Mean(ISynthesizer engine, string voice)
    {
        List<float> samples = [];
        engine.Speak(new SpokenPiece("Hello.", voice), chunk =>
        {
            samples.AddRange(chunk);
            return true;
        }).ShouldBeNull();
        return samples.Average();
    }
}
