using System.Buffers;
using System.Text;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Tests.Text;

public sealed class StopMatcherTests
{
    [Fact]
    public void No_part_of_a_stop_string_leaks_across_pieces()
    {
        var matcher = new StopMatcher([Bytes("###")], []);
        var output = new ArrayBufferWriter<byte>();
        Assert.False(matcher.Add("one#"u8, output));
        Assert.Equal("one", Text(output));
        Assert.False(matcher.Add("#"u8, output));
        Assert.True(matcher.Add("# two"u8, output));
        Assert.Equal("one", Text(output));
    }

    [Fact]
    public void A_beginning_that_comes_to_nothing_is_released()
    {
        var matcher = new StopMatcher([Bytes("END")], []);
        var output = new ArrayBufferWriter<byte>();
        matcher.Add("EN"u8, output);
        matcher.Add("D"u8[..0], output);
        matcher.Add("GINE"u8, output);
        matcher.Flush(output);
        Assert.Equal("ENGINE", Text(output));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Agrees_with_searching_the_whole_text(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 5_000; round++)
        {
            string[] stops = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Letters(random, 1, 4))];
            var all = Letters(random, 0, 30);
            var matcher = new StopMatcher([.. stops.Select(Bytes)], []);
            var output = new ArrayBufferWriter<byte>();
            var stopped = false;
            foreach (var letter in all)
            {
                stopped = matcher.Add([(byte)letter], output);
                if (stopped) break;
            }

            if (!stopped) matcher.Flush(output);

            // Letter by letter, the stop string that ends first is the one that counts.
            var (end, start) = stops
                .Select(stop => (At: all.IndexOf(stop, StringComparison.Ordinal), stop.Length))
                .Where(match => match.At >= 0)
                .Select(match => (End: match.At + match.Length, Start: match.At))
                .DefaultIfEmpty((int.MaxValue, all.Length))
                .Min();
            Assert.Equal(end != int.MaxValue, stopped);
            Assert.Equal(all[..start], Text(output));
        }
    }

    [Theory]
    [InlineData("tool", "Hi <tool_call>tool", "Hi <tool_call>tool", false)]
    [InlineData("tool", "Hi <toolbox>", "Hi <", true)]
    [InlineData("tool", "Hi <tool", "Hi <", true)]
    [InlineData("tool", "a tool <tool_call>", "a ", true)]
    [InlineData("i <tool", "Hi <tool_call>", "H", true)]
    [InlineData("<", "a < b", "a ", true)]
    [InlineData("<", "a <tool_call> b < c", "a <tool_call> b < c", false)]
    [InlineData("<tool_call>", "<tool_call>", "<tool_call>", false)]
    [InlineData("\n", "<tool_call>\n{}\n", "<tool_call>\n{}\n", false)]
    [InlineData("\n", "Hi\n<tool_call>", "Hi", true)]
    [InlineData(">", "<tool_call<tool_call>>", "<tool_call<tool_call>>", false)]
    public void From_the_beginning_of_a_call_on_no_stop_string_counts(string stop, string all, string expected, bool stops)
    {
        for (var step = 1; step <= all.Length; step++)
        {
            var matcher = new StopMatcher([Bytes(stop)], [Bytes("<call|"), Bytes("<tool_call>")]);
            var output = new ArrayBufferWriter<byte>();
            var stopped = false;
            for (var at = 0; at < all.Length && !stopped; at += step) stopped = matcher.Add(Bytes(all[at..Math.Min(all.Length, at + step)]), output);
            stopped = stopped || matcher.Flush(output);

            Assert.Equal(expected, Text(output));
            Assert.Equal(stops, stopped);
        }
    }

    [Theory]
    [InlineData(false, "x", "<t>x</t>ax", "<t>x</t>a", true)]
    [InlineData(false, "x", " \n<t>x", " \n<t>x", false)]
    [InlineData(false, "x", "ax<t>x</t>", "a", true)]
    [InlineData(false, "\n", "\n<t>\n</t>a\n", "\n<t>\n</t>a", true)]
    [InlineData(false, "\n", "\nHi", "", true)]
    [InlineData(false, "\n", "\n", "", true)]
    [InlineData(false, "<", "<tx", "", true)]
    [InlineData(false, "/t>b", "<t></t>b/t>b", "<t></t>b", true)]
    [InlineData(true, "x", "x</t>ax", "x</t>a", true)]
    [InlineData(true, "x", "x</", "x</", false)]
    [InlineData(true, "x", "x</t><call|x", "x</t><call|x", false)]
    public void In_thinking_that_stands_apart_no_stop_string_counts(bool opened, string stop, string all, string expected, bool stops)
    {
        for (var step = 1; step <= all.Length; step++)
        {
            var matcher = new StopMatcher([Bytes(stop)], [Bytes("<call|")], new ThoughtSpan(new ReasoningMarkers("<t>", "</t>"), opened));
            var output = new ArrayBufferWriter<byte>();
            var stopped = false;
            for (var at = 0; at < all.Length && !stopped; at += step) stopped = matcher.Add(Bytes(all[at..Math.Min(all.Length, at + step)]), output);
            stopped = stopped || matcher.Flush(output);

            Assert.Equal(expected, Text(output));
            Assert.Equal(stops, stopped);
        }
    }

    private static string Letters(Random random, int least, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => (char)('a' + random.Next(3))));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ArrayBufferWriter<byte> output) => Encoding.UTF8.GetString(output.WrittenSpan);
}
