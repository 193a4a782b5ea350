using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Text;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace PolarGrid.Engine.Classic.Tests;

/// <summary>What flite says, pocketsphinx hears.</summary>
public sealed class RoundTripTests(ITestOutputHelper output)
{
    private static readonly string[] Sentences =
    [
        "The weather will be warm and sunny in the morning.",
        "Please send the letter to the office before the end of the week.",
        "One two three four five six seven eight nine ten.",
        "He was the president of the United States for eight years.",
        "I would like to know what time the next train leaves for the city.",
        "The government said that the number of people in the country had grown.",
        "She went to school with her brother and her sister.",
        "It is a good idea to drink a lot of water in the summer.",
    ];

    /// <summary>The bounds leave twice the errors that were measured (slt 6 to 9, rms 1, awb 2 to 4, kal16 4 of 95 words); the noise in unvoiced sounds is drawn anew each time.</summary>
    [ClassicTheory]
    [InlineData("slt", 0.20)]
    [InlineData("rms", 0.20)]
    [InlineData("awb", 0.20)]
    [InlineData("kal16", 0.20)]
    public void Most_words_come_back(string voice, double bound)
    {
        using var synthesizer = Engines.NewSynthesizer();
        using var transcriber = Engines.NewTranscriber();
        var (errors, words) = (0, 0);
        foreach (var sentence in Sentences)
        {
            var heard = transcriber.Hear(synthesizer.Speak(sentence, voice)).Text;
            var (wrong, said) = WordErrors.Count(sentence, heard);
            (errors, words) = (errors + wrong, words + said);
            output.WriteLine($"{wrong} of {said}: {heard}");
        }

        output.WriteLine($"{voice}: {errors} of {words} words are wrong: {errors / (double)words:0.000}");
        (errors / (double)words).ShouldBeLessThan(bound);
    }

    [ClassicTheory]
    [InlineData("It costs $3.50 & it is 20% off.", "it costs three dollars and fifty cents and it is twenty percent off")]
    [InlineData("The party is on 2024-05-17 at 10:05am.", "the party is on may seventeenth twenty twenty four at ten oh five a m")]
    [InlineData("In 1984 we drove 5 km.", "in nineteen eighty four we drove five kilometers")]
    public void Figures_are_heard_as_people_say_them(string written, string said)
    {
        using var synthesizer = Engines.NewSynthesizer();
        using var transcriber = Engines.NewTranscriber();
        var (pieces, _) = SpeechText.Prepare(written, synthesizer.Model);

        var heard = transcriber.Hear(synthesizer.Speak(pieces.ShouldHaveSingleItem(), "rms")).Text;

        output.WriteLine(heard);
        var (errors, words) = WordErrors.Count(said, heard);
        errors.ShouldBeLessThanOrEqualTo(words / 3, heard);
    }

    [ClassicFact]
    public async Task Four_instances_at_once_do_what_one_does_alone()
    {
        var alone = Sentences.Select(sentence => Run(sentence, "slt")).ToArray();

        // The voices are shared by all; each thread takes the sentences in another order.
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                using var synthesizer = Engines.NewSynthesizer();
                var results = new Spoken[Sentences.Length];
                for (var round = 0; round < 5; round++)
                {
                    for (var i = 0; i < Sentences.Length; i++)
                    {
                        var at = (i + (thread * 2) + round) % Sentences.Length;
                        results[at] = Spoken.Of(synthesizer.Speak(Sentences[at]));
                        results[at].ShouldBeLike(alone[at].Sound);
                    }
                }

                return results;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        together.Length.ShouldBe(4);
        alone.ShouldAllBe(result => result.Sound.Samples > 16_000);
    }

    [ClassicFact]
    public async Task Four_recognisers_at_once_hear_what_one_hears_alone()
    {
        using var synthesizer = Engines.NewSynthesizer();
        var clips = Sentences[..4].Select(sentence => synthesizer.Speak(sentence)).ToArray();
        TranscribedPiece[] alone;
        using (var transcriber = Engines.NewTranscriber()) alone = [.. clips.Select(clip => transcriber.Hear(clip))];

        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                using var transcriber = Engines.NewTranscriber();
                return Enumerable.Range(0, 4).Select(i => (i + thread) % 4).Select(at => (at, transcriber.Hear(clips[at]))).ToArray();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        foreach (var (at, heard) in together.SelectMany(results => results))
        {
            heard.Text.ShouldBe(alone[at].Text);
            heard.Words.ShouldBe(alone[at].Words);
        }
    }

    private static (string Text, Spoken Sound) Run(string sentence, string voice)
    {
        using var synthesizer = Engines.NewSynthesizer();
        return (sentence, Spoken.Of(synthesizer.Speak(sentence, voice)));
    }

    /// <summary>
    /// A sound by its length and its loudness in each hundredth of a second. Samples themselves differ from run to run: flite draws the noise of
    /// unvoiced sounds from the process's random numbers.
    /// </summary>
    private sealed record Spoken(int Samples, double[] Loudness)
    {
        public static Spoken Of(float[] samples) =>
            new(samples.Length, [.. samples.Chunk(160).Select(frame => Math.Sqrt(frame.Average(sample => (double)sample * sample)))]);

        public void ShouldBeLike(Spoken other)
        {
            Samples.ShouldBe(other.Samples);
            var difference = Loudness.Zip(other.Loudness, (a, b) => Math.Abs(a - b)).Sum() / Loudness.Sum();
            difference.ShouldBeLessThan(0.1);
        }
    }
}
