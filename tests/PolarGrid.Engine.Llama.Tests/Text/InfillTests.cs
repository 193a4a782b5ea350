using System.Buffers.Binary;
using System.Text;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Text;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Engine.Llama.Tests.Text;

public sealed class InfillTests
{
    private const int KvCountOffset = 16, FirstKeyOffset = 24, Alignment = 32, Uint32 = 4, Text = 8;

    [SharedFact(Stories.File)]
    public void A_model_without_the_tokens_has_none()
    {
        using var model = Stories.Load(Stories.File);

        model.Tokenizer.Infill.ShouldBeNull();
    }

    [SharedFact(Stories.File)]
    public void A_model_whose_file_names_the_tokens_has_them()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("polargrid-infill-").FullName, "infill.gguf");
        try
        {
            File.WriteAllBytes(path, WithInfill(File.ReadAllBytes(SharedFiles.Get(Stories.File)), 10, 11, 12));
            using var model = LlamaModelLoader.Load(Stories.Backend, path, new LlamaModelOptions(), null, CancellationToken.None);

            model.Tokenizer.Infill.ShouldBe(new InfillTokens(10, 11, 12));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    /// <summary>Puts metadata in front of the file's own; filler keeps the tensors where their alignment wants them.</summary>
    private static byte[] WithInfill(byte[] file, uint prefix, uint suffix, uint middle)
    {
        using var added = new MemoryStream();
        WriteNumber(added, "tokenizer.ggml.prefix_token_id", prefix);
        WriteNumber(added, "tokenizer.ggml.suffix_token_id", suffix);
        WriteNumber(added, "tokenizer.ggml.middle_token_id", middle);
        const string filler = "test.filler";
        var room = (int)added.Length + 8 + filler.Length + 4 + 8;
        WriteKey(added, filler, Text);
        WriteText(added, new string('x', (Alignment - (room % Alignment)) % Alignment));

        byte[] result = [.. file[..FirstKeyOffset], .. added.ToArray(), .. file[FirstKeyOffset..]];
        var count = result.AsSpan(KvCountOffset, 8);
        BinaryPrimitives.WriteUInt64LittleEndian(count, BinaryPrimitives.ReadUInt64LittleEndian(count) + 4);
        return result;
    }

    private static void WriteNumber(MemoryStream target, string key, uint value)
    {
        WriteKey(target, key, Uint32);
        target.Write(BitConverter.GetBytes(value));
    }

    private static void WriteKey(MemoryStream target, string key, int type)
    {
        WriteText(target, key);
        target.Write(BitConverter.GetBytes(type));
    }

    private static void WriteText(MemoryStream target, string text)
    {
        target.Write(BitConverter.GetBytes((ulong)text.Length));
        target.Write(Encoding.UTF8.GetBytes(text));
    }
}
