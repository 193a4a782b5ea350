using PolarGrid.Engine.Gguf;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Tests.Gguf;

/// <summary>Damage of any kind gives a description or an error, never an exception.</summary>
public sealed class GgufFuzzTests : IDisposable
{
    /// <summary>In memory where the system has such a place: 25,000 times rewriting a file takes a disk a minute.</summary>
    private readonly string _path =
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"polargrid-{Guid.NewGuid():N}.gguf");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Every_prefix_of_a_sound_file_is_refused()
    {
        var bytes = Small();
        for (var length = 0; length < bytes.Length; length++) Inspect(bytes.AsSpan(0, length)).Succeeded.ShouldBeFalse($"{length} bytes");
        Inspect(bytes).Error.ShouldBeNull();
    }

    [Fact]
    public void Mutations_never_throw()
    {
        var sound = Small();
        var header = sound.Length - 2048;
        var random = new Random(20240726);
        ulong[] nasty = [0, 1, 0x7F, 0xFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1UL << 40, long.MaxValue, 1UL << 63, ulong.MaxValue];
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = sound.AsSpan().ToArray();
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                var at = random.Next(header);
                if (random.Next(2) == 0) bytes[at] = (byte)random.Next(256);
                else BitConverter.TryWriteBytes(bytes.AsSpan(at), nasty[random.Next(nasty.Length)]);
            }

            if (random.Next(10) == 0) Array.Resize(ref bytes, random.Next(bytes.Length));
            var result = Inspect(bytes);
            if (result.Succeeded) continue;
            result.Error.Offset.ShouldBeInRange(0, bytes.Length);
            result.Error.Message.ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public void Random_bytes_after_the_magic_never_throw()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[random.Next(8, 400)];
            random.NextBytes(bytes);
            "GGUF"u8.CopyTo(bytes);
            bytes[4] = 3;
            bytes.AsSpan(5, 3).Clear();
            if (bytes.Length > 24) bytes.AsSpan(9, 7).Clear();
            if (bytes.Length > 24) bytes.AsSpan(17, 7).Clear();
            Inspect(bytes).Succeeded.ShouldBeFalse();
        }
    }

    /// <summary>A vocabulary of single bytes keeps the file short.</summary>
    private static byte[] Small()
    {
        var builder = GgufBuilder.Valid().Set("tokenizer.chat_template", "{{ messages }}").Set("extra", new[] { 1, 2, 3 });
        builder.Set("tokenizer.ggml.model", "gpt2").Set("tokenizer.ggml.merges", new[] { "a b", "c d" });
        builder.Set("tokenizer.ggml.tokens", Enumerable.Range(0, 16).Select(i => $"t{i}").ToArray());
        builder.Set("tokenizer.ggml.scores", new float[16]).Set("tokenizer.ggml.token_type", new int[16]);
        builder.Tensors[0] = builder.Tensors[0] with { Dimensions = [32, 16] };
        return builder.Build();
    }

    private GgufResult Inspect(ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(_path, bytes);
        return GgufFile.Inspect(_path);
    }
}
