using PolarGrid.Edge.Transcription.Answers;
using PolarGrid.Edge.Transcription.Subtitles;
using PolarGrid.Engine.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Subtitles;

public sealed class SubtitleTests
{
    private const string Long =
        "Printing, in the only sense with which we are at present concerned, differs from most if not from all the arts and crafts represented in the exhibition. It is old.";

    [Fact]
    public void Srt_is_what_players_expect()
    {
        var cues = CueMaker.Cues([Segment(1, 3.5, "Hello there."), Segment(3661.25, 3662, "General Kenobi.")]);

        SubtitleWriter.Srt(cues).ShouldBe(
            "1\n00:00:01,000 --> 00:00:03,500\nHello there.\n\n2\n01:01:01,250 --> 01:01:02,000\nGeneral Kenobi.\n\n");
    }

    [Fact]
    public void Vtt_escapes_what_it_would_read_as_markup_or_time()
    {
        var cues = CueMaker.Cues([Segment(0, 1, "a --> b & <i>c</i>")]);

        SubtitleWriter.Vtt(cues).ShouldBe("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\na --&gt; b &amp; &lt;i&gt;c&lt;/i&gt;\n\n");
        SubtitleWriter.Srt(cues).ShouldBe("1\n00:00:00,000 --> 00:00:01,000\na → b & <i>c</i>\n\n");
    }

    [Fact]
    public void Nothing_said_is_no_cue()
    {
        SubtitleWriter.Srt([]).ShouldBe("");
        SubtitleWriter.Vtt([]).ShouldBe("WEBVTT\n\n");
    }

    [Fact]
    public void A_long_segment_becomes_cues_of_two_lines()
    {
        var cues = CueMaker.Cues([Segment(0, 20, Long)]);

        cues.Count.ShouldBe(4);
        cues.ShouldAllBe(cue => cue.Lines.Count <= 2 && cue.Lines.All(line => line.Length > 0 && line.Length <= 42));
        cues.ShouldAllBe(cue => cue.End > cue.Start && cue.End - cue.Start <= 7_000);
        string.Join(' ', cues.SelectMany(cue => cue.Lines)).ShouldBe(Long);
        cues[^1].Lines.ShouldBe(["It is old."]);
        cues[^1].End.ShouldBe(20_000);
    }

    [Fact]
    public void Cues_follow_the_times_of_the_words_and_end_at_a_pause()
    {
        var words = new[] { new TranscribedWord("one", 1, 1.5), new TranscribedWord("two", 1.6, 2), new TranscribedWord("three", 4, 4.5) };
        var cues = CueMaker.Cues([new HeardSegment(0, 6, "one two three", words, new TranscribedPiece { Text = "" })]);

        cues.Select(cue => (cue.Start, cue.End, string.Join('|', cue.Lines))).ShouldBe([(1_000, 2_000, "one two"), (4_000, 4_500, "three")]);
    }

    [Fact]
    public void Text_without_spaces_is_broken_too()
    {
        var text = new string('語', 130);
        var cues = CueMaker.Cues([Segment(0, 10, text)]);

        cues.ShouldAllBe(cue => cue.Lines.Count <= 2 && cue.Lines.All(line => line.Length <= 42));
        string.Concat(cues.SelectMany(cue => cue.Lines)).ShouldBe(text);
    }

    [Fact]
    public void Whatever_is_heard_no_word_is_lost_and_cues_never_overlap()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var (time, segments) = (0.0, new List<HeardSegment>());
            for (var count = random.Next(1, 5); count > 0; count--)
            {
                var start = time + random.NextDouble();
                var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 40)).Select(_ => new string((char)random.Next('a', 'z'), random.Next(1, 60)) + (random.Next(6) == 0 ? "." : "")));
                time = start + (random.NextDouble() * 30);
                segments.Add(Segment(start, time, text));
            }

            var cues = CueMaker.Cues(segments);

            string.Concat(cues.SelectMany(cue => cue.Lines)).Replace(" ", "", StringComparison.Ordinal)
                .ShouldBe(string.Concat(segments.Select(segment => segment.Text)).Replace(" ", "", StringComparison.Ordinal));
            cues.ShouldAllBe(cue => cue.Lines.Count <= 2 && cue.Lines.All(line => line.Length <= 42) && cue.End > cue.Start);
            for (var at = 1; at < cues.Count; at++) cues[at].Start.ShouldBeGreaterThanOrEqualTo(cues[at - 1].End, $"seed {seed}");
        }
    }

    private static HeardSegment Segment(double start, double end, string text) => new(start, end, text, [], new TranscribedPiece { Text = text });
}
