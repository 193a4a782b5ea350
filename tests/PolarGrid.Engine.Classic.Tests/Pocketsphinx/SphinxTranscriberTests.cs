using PolarGrid.Engine.Classic.Pocketsphinx;
using PolarGrid.Engine.Speech;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Classic.Tests.Pocketsphinx;

public sealed class SphinxTranscriberTests
{
    [ClassicTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(16_000)]
    [InlineData(80_000)]
    public void Silence_of_any_length_gives_an_empty_text(int samples)
    {
        using var transcriber = Engines.NewTranscriber();

        var heard = transcriber.Hear(new float[samples]);

        heard.Error.ShouldBeNull();
        heard.Text.ShouldBe("");
        heard.Words.ShouldBeEmpty();
        heard.AverageLogProbability.ShouldBeNull();
    }

    [ClassicFact]
    public void Words_come_with_their_times()
    {
        using var synthesizer = Engines.NewSynthesizer();
        using var transcriber = Engines.NewTranscriber();
        var speech = synthesizer.Speak("one two three four");
        float[] late = [.. new float[32_000], .. speech];

        var heard = transcriber.Hear(late);

        heard.Text.ShouldBe("one two three four");
        heard.Words.Select(word => word.Text).ShouldBe(["one", "two", "three", "four"]);
        heard.Words[0].Start.ShouldBeInRange(1.8, 2.5);
        heard.Words[^1].End.ShouldBeLessThanOrEqualTo(late.Length / 16_000.0);
        for (var i = 1; i < heard.Words.Count; i++) heard.Words[i].Start.ShouldBeGreaterThanOrEqualTo(heard.Words[i - 1].End - 0.011);
        heard.AverageLogProbability!.Value.ShouldBeInRange(-20, 0);
        heard.Language.ShouldBe("en");
    }

    [ClassicFact]
    public void What_is_heard_so_far_grows_while_samples_come()
    {
        using var synthesizer = Engines.NewSynthesizer();
        using var transcriber = Engines.NewTranscriber();
        var speech = synthesizer.Speak("one two three four five six seven eight nine ten eleven twelve thirteen");
        using var utterance = transcriber.Begin(new TranscriptionSettings());

        utterance.Partial().ShouldBe("");
        utterance.Accept(speech.AsSpan(0, 50_000));
        var early = utterance.Partial();
        utterance.Accept(speech.AsSpan(50_000));

        early.ShouldStartWith("one two");
        early.Length.ShouldBeLessThan(utterance.Partial().Length);
    }

    [ClassicFact]
    public void Asking_early_gives_a_first_guess_and_the_same_result()
    {
        using var synthesizer = Engines.NewSynthesizer();
        using var transcriber = Engines.NewTranscriber();
        float[] speech = [.. new float[16_000], .. synthesizer.Speak("one two three four five six seven eight nine ten")];
        var alone = transcriber.Hear(speech);
        List<string> partials = [];

        using var utterance = transcriber.Begin(new TranscriptionSettings());
        foreach (var chunk in speech.Chunk(1600))
        {
            utterance.Accept(chunk);
            partials.Add(utterance.Partial());
        }

        var asked = utterance.Finish();
        partials.FindIndex(partial => partial.Length > 0).ShouldBeInRange(10, 24, string.Join('|', partials));
        asked.Text.ShouldBe(alone.Text);
        asked.Words.Count.ShouldBe(alone.Words.Count);
        for (var i = 0; i < asked.Words.Count; i++) asked.Words[i].Start.ShouldBe(alone.Words[i].Start, 0.05);
    }

    [ClassicFact]
    public void The_same_samples_give_the_same_text_whoever_spoke_before()
    {
        using var synthesizer = Engines.NewSynthesizer();
        using var transcriber = Engines.NewTranscriber();
        var speech = synthesizer.Speak("printing is the art of making many books from one page");
        var loud = synthesizer.Speak("somebody else was here before", "kal16");
        var first = transcriber.Hear(speech);

        transcriber.Hear(loud);

        var again = transcriber.Hear(speech);
        again.Text.ShouldBe(first.Text);
        again.Words.ShouldBe(first.Words);
        again.AverageLogProbability.ShouldBe(first.AverageLogProbability);
    }

    [ClassicFact]
    public void An_utterance_that_is_left_half_way_leaves_the_engine_ready()
    {
        using var synthesizer = Engines.NewSynthesizer();
        using var transcriber = Engines.NewTranscriber();
        var speech = synthesizer.Speak("one two three four");
        var utterance = transcriber.Begin(new TranscriptionSettings());
        utterance.Accept(speech.AsSpan(0, 8000));
        utterance.Dispose();

        transcriber.Hear(speech).Text.ShouldBe("one two three four");
    }

    [ClassicFact]
    public void Two_utterances_at_once_are_a_bug()
    {
        using var transcriber = Engines.NewTranscriber();
        using var utterance = transcriber.Begin(new TranscriptionSettings());

        Should.Throw<InvalidOperationException>(() => transcriber.Begin(new TranscriptionSettings()));
    }

    [ClassicFact]
    public void Samples_that_are_no_numbers_or_too_loud_do_no_harm()
    {
        using var transcriber = Engines.NewTranscriber();

        transcriber.Hear([.. Enumerable.Range(0, 16_000).Select(i => i % 3 == 0 ? float.NaN : i % 3 == 1 ? float.PositiveInfinity : -9f)])
            .Error.ShouldBeNull();
    }

    [ClassicFact]
    public void More_than_an_utterance_may_have_is_a_bug_of_the_caller()
    {
        using var transcriber = Engines.NewTranscriber();
        using var utterance = transcriber.Begin(new TranscriptionSettings());

        Should.Throw<ArgumentException>(() => utterance.Accept(new float[16_000 * 61])).Message.ShouldContain("60");
    }

    [ClassicFact]
    public void Languages_it_does_not_hear_are_refused_in_the_result()
    {
        using var transcriber = Engines.NewTranscriber();
        using (var french = transcriber.Begin(new TranscriptionSettings(Language: "fr")))
        {
            french.Accept(new float[1600]);
            french.Finish().Error!.Message.ShouldContain("'fr'");
        }

        using (var translated = transcriber.Begin(new TranscriptionSettings(Translate: true)))
        {
            translated.Finish().Error!.Code.ShouldBe(SpeechErrorCode.InvalidSetting);
        }

        using var english = transcriber.Begin(new TranscriptionSettings(Language: "en-GB"));
        english.Finish().Error.ShouldBeNull();
    }
}
