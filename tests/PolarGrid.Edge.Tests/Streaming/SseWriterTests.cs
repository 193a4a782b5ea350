using System.Buffers;
using System.Text;
using System.Text.Json;
using PolarGrid.Edge.Streaming;
using PolarGrid.Engine;
using Shouldly;

namespace PolarGrid.Edge.Tests.Streaming;

public sealed class SseWriterTests
{
    private static readonly AnswerIdentity Identity = new("chatcmpl-1", 1_790_000_000, "my \"model\"", "fp_1");

    [Fact]
    public void Delta_allocates_nothing()
    {
        var output = new ReusedBuffer(64 * 1024);
        var writer = new SseWriter(output, ChunkFormat.ForChat(Identity, includeUsage: true));
        var text = Encoding.UTF8.GetBytes("a \"token\"\n é");
        var allocated = Measure(() =>
        {
            for (var choice = 0; choice < 16; choice++) writer.Delta(choice, text);
            output.Clear();
        });

        allocated.ShouldBe(0);
    }

    [Fact]
    public void Reading_writing_and_measuring_a_token_allocates_nothing()
    {
        using var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddMetricsForTest();
        var (run, stream) = services.NewRun();
        var output = new ReusedBuffer(64 * 1024);
        var writer = new SseWriter(output, ChunkFormat.ForChat(Identity, includeUsage: false));
        var text = "token"u8.ToArray();

        var allocated = Measure(() =>
        {
            stream.Write(0, text, 1);
            stream.Publish();
            while (stream.TryRead(out var item)) writer.Delta(item.Choice, stream.TextOf(item));
            run.CountTokens();
            output.Clear();
        });

        allocated.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(5000)]
    public void Text_of_any_length_comes_through(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(index => (char)(index % 300)));
        var output = new ArrayBufferWriter<byte>();

        new SseWriter(output, ChunkFormat.ForChat(Identity, false)).Delta(3, Encoding.UTF8.GetBytes(text));

        var chunk = Encoding.UTF8.GetString(output.WrittenSpan);
        chunk.ShouldStartWith("data: ");
        chunk.ShouldEndWith("\n\n");
        chunk[..^2].ShouldNotContain("\n");
        var choice = JsonDocument.Parse(chunk[6..]).RootElement.GetProperty("choices")[0];
        choice.GetProperty("index").GetInt32().ShouldBe(3);
        choice.GetProperty("delta").GetProperty("content").GetString().ShouldBe(text);
    }

    [Fact]
    public void Escaping_reads_back_as_it_was_for_every_character()
    {
        Span<byte> target = stackalloc byte[8 * JsonEscaper.Growth];
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (value is >= 0xD800 and <= 0xDFFF) continue;
            var text = char.ConvertFromUtf32(value);
            var written = JsonEscaper.Escape(Encoding.UTF8.GetBytes(text), target);
            var reader = new Utf8JsonReader((byte[])[(byte)'"', .. target[..written], (byte)'"']);
            reader.Read().ShouldBeTrue();
            if (reader.GetString() != text) throw new FormatException($"U+{value:X} came back as {reader.GetString()}.");
        }
    }

    [Fact]
    public void Escaping_agrees_with_the_frameworks_writer_on_ascii()
    {
        Span<byte> target = stackalloc byte[JsonEscaper.Growth];
        for (var value = 0; value < 128; value++)
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStringValue([(byte)value]);
            }

            var ours = Encoding.UTF8.GetString(target[..JsonEscaper.Escape([(byte)value], target)]);
            var theirs = Encoding.UTF8.GetString(buffer.WrittenSpan[1..^1]);
            if (value != 0x7F) ours.ShouldBe(theirs.Length == 6 ? theirs.ToLowerInvariant() : theirs, $"character {value}");
        }
    }

    [Fact]
    public void Usage_and_ends_are_json()
    {
        var output = new ArrayBufferWriter<byte>();
        var format = ChunkFormat.ForCompletions(Identity, includeUsage: true);
        var writer = new SseWriter(output, format);
        writer.Role(0);
        writer.Finish(0, format.EndingOf(FinishReason.Length));
        writer.Usage(new GenerationUsage(5, 2, 3), reasoningTokens: 0, metadata: null);

        var events = Encoding.UTF8.GetString(output.WrittenSpan).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events.Length.ShouldBe(2);
        JsonDocument.Parse(events[0][6..]).RootElement.GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("length");
        var usage = JsonDocument.Parse(events[1][6..]).RootElement.GetProperty("usage");
        usage.GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32().ShouldBe(2);
        usage.GetProperty("total_tokens").GetInt32().ShouldBe(8);
    }

    private static long Measure(Action step)
    {
        for (var warm = 0; warm < 1000; warm++) step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 1000; count++) step();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>An output that never grows.</summary>
    private sealed class ReusedBuffer(int size) : IBufferWriter<byte>
    {
        private readonly byte[] buffer = new byte[size];
        private int at;

        public void Advance(int count) => at += count;

        public Memory<byte> GetMemory(int sizeHint = 0) => buffer.AsMemory(at);

        public Span<byte> GetSpan(int sizeHint = 0) => buffer.AsSpan(at);

        public void Clear() => at = 0;
    }
}
