using System.Text;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests.Models;

/// <summary>What the library would end the process on is refused by managed code, with a sentence.</summary>
public sealed class BadModelTests
{
    private const string Voice = "models/modem/tts/model.onnx";
    private const string Recogniser = "models/modem/stt/model.onnx";
    private const string Silero = "models/silero_vad.onnx";

    [SharedFact(Voice)]
    public void A_model_cut_anywhere_before_the_last_thing_that_it_needs_is_refused()
    {
        using var folder = ModelFolder.Voice();
        var whole = File.ReadAllBytes(folder.At("model.onnx"));
        var last = whole.AsSpan().IndexOf(Encoding.UTF8.GetBytes("sample_rate"));
        last.ShouldBeGreaterThan(10_000);
        for (var length = 0; length < last; length += 7)
        {
            File.WriteAllBytes(folder.At("model.onnx"), whole[..length]);
            folder.Refusal().ShouldNotBeNullOrWhiteSpace();
        }
    }

    [SharedFact(Voice)]
    public void Random_bytes_are_refused_whatever_they_are()
    {
        using var folder = ModelFolder.Voice();
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            var bytes = new byte[random.Next(1, 4000)];
            random.NextBytes(bytes);
            File.WriteAllBytes(folder.At("model.onnx"), bytes);
            folder.Refusal().ShouldNotBeNullOrWhiteSpace();
        }
    }

    [SharedFact(Voice)]
    public void Single_changed_bytes_never_throw()
    {
        using var folder = ModelFolder.Voice();
        var whole = File.ReadAllBytes(folder.At("model.onnx"));
        var random = new Random(12);
        for (var round = 0; round < 1500; round++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(folder.At("model.onnx"), bytes);
            _ = SherpaModel.Read(folder.Path);
        }
    }

    [SharedFact(Voice)]
    public void A_text_file_named_as_a_model_is_refused()
    {
        using var folder = ModelFolder.Voice();
        File.WriteAllText(folder.At("model.onnx"), "<html><body>404: not found</body></html>\n");
        folder.Refusal().ShouldContain("model.onnx");
    }

    [SharedFact(Voice)]
    public void An_empty_model_is_refused()
    {
        using var folder = ModelFolder.Voice();
        File.WriteAllBytes(folder.At("model.onnx"), []);
        folder.Refusal().ShouldContain("empty");
    }

    [SharedFact(Voice, Recogniser)]
    public void A_recogniser_in_the_place_of_a_voice_is_refused()
    {
        using var folder = ModelFolder.Voice();
        File.WriteAllBytes(folder.At("model.onnx"), File.ReadAllBytes(SharedFiles.Get(Recogniser)));
        folder.Refusal().ShouldContain("the metadata has no 'sample_rate'");
    }

    [SharedFact(Voice, Recogniser)]
    public void A_voice_in_the_place_of_a_recogniser_is_refused()
    {
        using var folder = ModelFolder.Recogniser();
        File.WriteAllBytes(folder.At("model.onnx"), File.ReadAllBytes(SharedFiles.Get(Voice)));
        folder.Refusal().ShouldContain("the metadata has no 'vocab_size'");
    }

    [SharedFact(Voice, Silero)]
    public void Another_model_in_the_place_of_a_detector_is_refused()
    {
        using var folder = ModelFolder.Detector();
        File.WriteAllBytes(folder.At("silero_vad.onnx"), File.ReadAllBytes(SharedFiles.Get(Voice)));
        folder.Refusal().ShouldContain("no Silero detector");
    }

    [SharedTheory(Voice)]
    [InlineData("sample_rate", "16000", "banana", "'sample_rate' is 'banana'")]
    [InlineData("sample_rate", "16000", "7", "must be a number from 4000")]
    [InlineData("n_speakers", "1", "-1", "'n_speakers' is '-1'")]
    [InlineData("language", "English", null, "the metadata has no 'language'")]
    [InlineData("comment", "synthetic", "piper", "Piper's layout has there 3")]
    [InlineData("comment", "synthetic", "melo", "has 5 inputs")]
    [InlineData("frontend", "characters", null, "'files.lexicon' is missing")]
    public void Wrong_metadata_is_refused_by_name(string key, string old, string? value, string message)
    {
        using var folder = ModelFolder.Voice();
        OnnxPatch.SetMetadata(folder.At("model.onnx"), key, old, value);
        folder.Refusal().ShouldContain(message);
    }

    [SharedTheory(Voice)]
    [InlineData("a 1\na 2\n", "is there twice")]
    [InlineData("ab 1\n", "has more than one character")]
    [InlineData("a x\n", "line 1 is 'a x'")]
    [InlineData("a 1 2\n", "line 1 is 'a 1 2'")]
    [InlineData("a -1\n", "needs a symbol, a space and a number")]
    [InlineData("a 1\n\nb 2\n", "line 2 is ''")]
    [InlineData("a 1\nb 1\n", "the number 1 is there twice")]
    [InlineData("a 99999999999\n", "needs a symbol")]
    public void A_wrong_token_file_of_a_voice_is_refused(string tokens, string message)
    {
        using var folder = ModelFolder.Voice();
        File.WriteAllText(folder.At("tokens.txt"), tokens);
        folder.Refusal().ShouldContain(message);
    }

    [SharedTheory(Recogniser)]
    [InlineData("a 0\nb 1\n", "has none of the symbols <blk>")]
    [InlineData("a 0\n<blk> 2\n", "no symbol has the number 1")]
    [InlineData("a 0\n<blk> 1\n", "ends in 32, but tokens.txt has 2")]
    public void A_wrong_token_file_of_a_recogniser_is_refused(string tokens, string message)
    {
        using var folder = ModelFolder.Recogniser();
        File.WriteAllText(folder.At("tokens.txt"), tokens);
        folder.Refusal().ShouldContain(message);
    }

    [SharedFact(Voice)]
    public void A_token_file_that_is_not_utf8_is_refused()
    {
        using var folder = ModelFolder.Voice();
        File.WriteAllBytes(folder.At("tokens.txt"), [0xFF, 0xFE, 0x61, 0x00]);
        folder.Refusal().ShouldContain("not UTF-8");
    }

    [SharedFact(Voice)]
    public void A_weight_in_another_file_is_refused()
    {
        using var folder = ModelFolder.Voice();
        OnnxPatch.MarkFirstWeightExternal(folder.At("model.onnx"));
        folder.Refusal().ShouldContain("lies in another file");
    }

    [SharedFact(Voice)]
    public void A_weight_in_another_file_is_found_inside_operators_that_the_file_defines()
    {
        foreach (var sparse in (bool[])[false, true])
        {
            using var folder = ModelFolder.Voice();
            OnnxPatch.AddFunctionWithExternalWeight(folder.At("model.onnx"), sparse);
            folder.Refusal().ShouldContain("the weight 'outside' lies in another file");
        }
    }

    [SharedFact(Voice)]
    public void A_link_in_a_folder_of_data_is_refused()
    {
        using var folder = ModelFolder.Voice();
        Directory.CreateDirectory(folder.At("data/inner"));
        File.CreateSymbolicLink(folder.At("data/inner/link"), "/etc/hostname");
        folder.Manifest(manifest => manifest["files"]!["data_dir"] = "data");
        folder.Refusal().ShouldContain("data/inner/link, which is a link");
    }

    [SharedFact(Voice)]
    public void Files_that_changed_after_the_check_do_not_reach_the_library()
    {
        using var folder = ModelFolder.Voice();
        var model = folder.Read();
        model.RequireUnchanged();

        File.AppendAllText(folder.At("tokens.txt"), "\n");
        Should.Throw<SherpaLoadException>(model.RequireUnchanged).Message.ShouldContain("have changed since they were checked");

        File.Delete(folder.At("tokens.txt"));
        Should.Throw<SherpaLoadException>(model.RequireUnchanged);
    }

    [SharedFact(Voice)]
    public void Deep_nesting_costs_a_sentence_and_no_stack()
    {
        using var folder = ModelFolder.Voice();
        byte[] graph = [];
        for (var depth = 0; depth < 2000; depth++) graph = Wrap(1, Wrap(5, Wrap(6, graph)));
        File.WriteAllBytes(folder.At("model.onnx"), [8, 8, .. Wrap(7, graph)]);
        folder.Refusal().ShouldContain("deep in each other");
    }

    private static byte[] Wrap(int field, byte[] content)
    {
        List<byte> bytes = [(byte)(field << 3 | 2)];
        var length = content.Length;
        for (; length > 0x7F; length >>= 7) bytes.Add((byte)(length & 0x7F | 0x80));
        return [.. bytes, (byte)length, .. content];
    }
}
