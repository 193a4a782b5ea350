using System.Buffers;
using System.Text;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Tests.Text;

public sealed class Utf8AssemblerTests
{
    [Fact]
    public void A_character_split_over_tokens_comes_out_whole()
    {
        var assembler = new Utf8Assembler();
        var output = new ArrayBufferWriter<byte>();
        var bytes = "🦔"u8;
        for (var at = 0; at < bytes.Length - 1; at++)
        {
            assembler.Add(bytes.Slice(at, 1), output);
            Assert.Equal(0, output.WrittenCount);
        }

        assembler.Add(bytes[^1..], output);
        Assert.Equal("🦔", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_bytes_in_any_pieces_decode_as_they_would_in_one(int seed)
    {
        var random = new Random(seed);
        byte[][] pool = [.. "aé€🦔\uFFFD"u8.ToArray().Select(value => new[] { value }), [0x80], [0xC3], [0xE2, 0x82], [0xFF], [0xF0, 0x9F], "x"u8.ToArray()];
        for (var round = 0; round < 5_000; round++)
        {
            byte[] all = [.. Enumerable.Range(0, random.Next(1, 12)).SelectMany(_ => pool[random.Next(pool.Length)])];
            var assembler = new Utf8Assembler();
            var output = new ArrayBufferWriter<byte>();
            for (var at = 0; at < all.Length;)
            {
                var length = random.Next(0, all.Length - at + 1);
                assembler.Add(all.AsSpan(at, length), output);
                Assert.True(Encoding.UTF8.GetString(output.WrittenSpan).All(character => character != '\0'));
                at += length;
            }

            assembler.Flush(output);
            Assert.Equal(Encoding.UTF8.GetString(all), Encoding.UTF8.GetString(output.WrittenSpan));
        }
    }
}
