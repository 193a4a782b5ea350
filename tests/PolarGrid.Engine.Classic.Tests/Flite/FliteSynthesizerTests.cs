using System.Diagnostics;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Text;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace PolarGrid.Engine.Classic.Tests.Flite;

public sealed class FliteSynthesizerTests(ITestOutputHelper output)
{
    private const string Sentence = "The quick brown fox jumps over the lazy dog, and nobody in the village cares.";

    [ClassicFact]
    public void Four_voices_are_there_and_the_default_is_slt()
    {
        using var synthesizer = Engines.NewSynthesizer();

        synthesizer.Model.Voices.Select(voice => voice.Id).ShouldBe(["slt", "rms", "awb", "kal16"]);
        synthesizer.Model.SampleRate.ShouldBe(16_000);
        synthesizer.Model.Reads.ShouldBe(TextForm.PlainEnglish);
    }

    [ClassicTheory]
    [InlineData("slt")]
    [InlineData("rms")]
    [InlineData("awb")]
    [InlineData("kal16")]
    public void Every_voice_speaks_and_streams_in_chunks(string voice)
    {
        using var synthesizer = Engines.NewSynthesizer();
        var clock = Stopwatch.StartNew();
        var first = TimeSpan.Zero;
        List<int> chunks = [];
        var loudest = 0f;

        synthesizer.Speak(new SpokenPiece(Sentence, voice), chunk =>
        {
            if (chunks.Count == 0) first = clock.Elapsed;
            chunks.Add(chunk.Length);
            foreach (var sample in chunk) loudest = Math.Max(loudest, Math.Abs(sample));
            return true;
        }).ShouldBeNull();

        var seconds = chunks.Sum() / 16_000.0;
        output.WriteLine($"{voice}: {seconds:0.00} s of sound in {clock.ElapsedMilliseconds} ms, first after {first.TotalMilliseconds:0.0} ms, {chunks.Count} chunks");
        chunks.Count.ShouldBeGreaterThan(20);
        chunks.ShouldAllBe(length => length > 0 && length <= 1600);
        seconds.ShouldBeInRange(3, 8);
        loudest.ShouldBeInRange(0.05f, 1f);
    }

    [ClassicTheory]
    [InlineData("slt")]
    [InlineData("kal16")]
    public void Speed_changes_how_long_it_takes_and_not_the_next_text(string voice)
    {
        using var synthesizer = Engines.NewSynthesizer();
        var normal = synthesizer.Speak(Sentence, voice).Length;

        foreach (var speed in (float[])[0.25f, 0.5f, 2f, 4f])
        {
            var length = synthesizer.Speak(Sentence, voice, speed).Length;
            output.WriteLine($"{voice} at {speed}: {length / 16_000.0:0.00} s, expected {normal / speed / 16_000:0.00} s");
            (length * speed / normal).ShouldBeInRange(0.9f, 1.25f);
        }

        synthesizer.Speak(Sentence, voice).Length.ShouldBe(normal);
    }

    [ClassicTheory]
    [InlineData("slt")]
    [InlineData("kal16")]
    public void A_sink_that_has_enough_stops_it_at_the_next_chunk(string voice)
    {
        using var synthesizer = Engines.NewSynthesizer();
        var calls = 0;

        synthesizer.Speak(new SpokenPiece(Sentence, voice), _ => ++calls < 3).ShouldBeNull();

        calls.ShouldBe(3);
        synthesizer.Speak("And on it goes.", voice).Length.ShouldBeGreaterThan(8000);
    }

    [ClassicFact]
    public void What_a_sink_throws_comes_out_and_the_engine_goes_on()
    {
        using var synthesizer = Engines.NewSynthesizer();

        Should.Throw<TimeoutException>(() => synthesizer.Speak(new SpokenPiece(Sentence, "slt"), _ => throw new TimeoutException()));

        synthesizer.Speak("And on it goes.").Length.ShouldBeGreaterThan(8000);
    }

    [ClassicTheory]
    [InlineData("slt")]
    [InlineData("rms")]
    [InlineData("awb")]
    [InlineData("kal16")]
    public async Task The_same_text_sounds_the_same_alone_and_beside_others(string voice)
    {
        using var one = Engines.NewSynthesizer();
        var alone = one.Speak(Sentence, voice);

        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() =>
        {
            using var own = Engines.NewSynthesizer();
            own.Speak(number % 2 == 0 ? "Something else comes first." : "And something longer than that comes first here.", voice);
            return own.Speak(Sentence, voice);
        })));

        foreach (var other in together) other.AsSpan().SequenceEqual(alone).ShouldBeTrue();
    }

    [ClassicFact]
    public void Bad_settings_are_named()
    {
        using var synthesizer = Engines.NewSynthesizer();

        SpeechError Refused(SpokenPiece piece)
        {
            var error = synthesizer.Speak(piece, _ => throw new InvalidOperationException("a refused text made a sound")).ShouldNotBeNull();
            error.Stage.ShouldBe(SpeechStage.Prepare);
            return error;
        }

        Refused(new SpokenPiece("Hi.", "alloy")).Message.ShouldContain("slt, rms, awb, kal16");
        Refused(new SpokenPiece("Hi.", "slt", 0.2f)).Message.ShouldContain("0.25 and 4");
        Refused(new SpokenPiece("Hi.", "slt", float.NaN)).Message.ShouldContain("NaN");
        Refused(new SpokenPiece("Salut.", "slt", 1, "fr")).Message.ShouldContain("'fr'");
        Refused(new SpokenPiece("\u4f60\u597d", "slt")).Message.ShouldContain("Chinese");
        Refused(new SpokenPiece("...", "slt")).Code.ShouldBe(SpeechErrorCode.NothingToSay);
        synthesizer.Speak(new SpokenPiece("Hi.", "slt", 1, "en-US"), _ => true).ShouldBeNull();
    }

    [ClassicFact]
    public void Any_text_that_got_through_the_cleaning_makes_sound_and_no_crash()
    {
        using var synthesizer = Engines.NewSynthesizer();
        var random = new Random(3);
        var signs = Enumerable.Range(32, 95).Select(code => (char)code).ToArray();
        var spoken = 0;
        for (var round = 0; round < 150; round++)
        {
            var text = new string(random.GetItems(signs, random.Next(1, 120)));
            var (pieces, error) = SpeechText.Prepare(text, synthesizer.Model);
            if (error is not null) continue;
            foreach (var piece in pieces)
            {
                // What matters is that it comes back; two chunks are enough of it.
                var chunks = 0;
                synthesizer.Speak(new SpokenPiece(piece, round % 5 == 0 ? "kal16" : "slt", 4), _ => ++chunks < 2).ShouldBeNull(piece);
                spoken++;
            }
        }

        spoken.ShouldBeGreaterThan(140);
    }

    [ClassicTheory]
    [InlineData("a")]
    [InlineData("1")]
    [InlineData("%")]
    [InlineData("x.")]
    [InlineData("'s")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000")]
    [InlineData("$99999999999999999999999999.99")]
    [InlineData("-")]
    [InlineData("a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v-w-x-y-z")]
    [InlineData("http://")]
    public void Short_and_odd_texts_come_back(string text)
    {
        using var synthesizer = Engines.NewSynthesizer();
        var samples = 0;

        var error = synthesizer.Speak(new SpokenPiece(text, "slt"), chunk =>
        {
            samples += chunk.Length;
            return true;
        });

        if (error is null) samples.ShouldBeGreaterThan(1000);
        else error.Code.ShouldBe(SpeechErrorCode.NothingToSay);
    }

    [ClassicFact]
    public void A_word_of_two_thousand_letters_comes_back()
    {
        using var synthesizer = Engines.NewSynthesizer();
        var chunks = 0;

        synthesizer.Speak(new SpokenPiece(new string('x', 2000), "slt"), _ => ++chunks < 20).ShouldBeNull();

        chunks.ShouldBe(20);
    }
}
