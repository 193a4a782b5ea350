using PolarGrid.Engine.Sherpa.Listening;
using PolarGrid.Engine.Sherpa.Speaking;
using PolarGrid.Engine.Speech;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests.Speaking;

/// <summary>
/// Text to audio and back through the library itself, with a pair of models that turns characters into tones and tones into characters:
/// what is said must be heard to the letter.
/// </summary>
public sealed class ToneTests
{
    private const string Voice = "models/modem/tts/model.onnx";
    private const string Recogniser = "models/modem/stt/model.onnx";

    [SharedTheory(Voice, Recogniser)]
    [InlineData("hello world")]
    [InlineData("a")]
    [InlineData("what's this? it's a test, isn't it. yes.")]
    [InlineData("one. two? three. x")]
    [InlineData("the quick brown fox jumps over the lazy dog")]
    [InlineData("zzz")]
    public void A_text_is_heard_as_it_was_said(string text)
    {
        using var pair = new TonePair();
        pair.Hear(pair.Say(text)).Text.ShouldBe(text);
    }

    [SharedFact(Voice, Recogniser)]
    public void Any_text_of_the_alphabet_survives()
    {
        using var pair = new TonePair();
        var random = new Random(7);
        const string alphabet = "abcdefghijklmnopqrstuvwxyz      ',.?";
        for (var round = 0; round < 60; round++)
        {
            var characters = new char[random.Next(1, 120)];
            for (var i = 0; i < characters.Length; i++) characters[i] = alphabet[random.Next(alphabet.Length)];
            var text = string.Join(' ', new string(characters).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            if (!text.Any(char.IsLetter)) continue;
            pair.Hear(pair.Say(text)).Text.ShouldBe(text);
        }
    }

    [SharedFact(Voice, Recogniser)]
    public void Capitals_dashes_and_curly_quotes_become_what_the_model_knows()
    {
        using var pair = new TonePair();
        pair.Hear(pair.Say("It’s — well — HERE!")).Text.ShouldBe("it's , well , here.");
    }

    [SharedFact(Voice, Recogniser)]
    public void Every_word_has_its_time()
    {
        using var pair = new TonePair();
        var piece = pair.Hear(pair.Say("one two, three"));

        piece.Words.Select(word => word.Text).ShouldBe(["one", "two,", "three"]);
        // Each character takes 0.15 seconds, of which 0.09 sound.
        piece.Words[0].Start.ShouldBe(0, 0.05);
        piece.Words[1].Start.ShouldBe(4 * 0.15, 0.05);
        piece.Words[2].Start.ShouldBe(9 * 0.15, 0.05);
        piece.Words.ShouldAllBe(word => word.End > word.Start);
        piece.Words[0].End.ShouldBeLessThanOrEqualTo(piece.Words[1].Start);
    }

    [SharedFact(Voice, Recogniser)]
    public async Task Several_engines_of_one_model_speak_and_hear_at_once()
    {
        using var voice = ModelFolder.Voice();
        using var recogniser = ModelFolder.Recogniser();
        var voices = new SherpaVoices(voice.Read(), new SherpaOptions());
        var ears = new SherpaRecogniser(recogniser.Read(), new SherpaOptions());
        var heard = await Task.WhenAll(Enumerable.Range(0, 6).Select(caller => Task.Run(() =>
        {
            using var mouth = voices.Create();
            using var ear = ears.Create();
            return string.Join('|', Enumerable.Range(0, 5).Select(turn => TonePair.Hear(ear, TonePair.Say(mouth, Text(caller, turn))).Text));
        })));

        for (var caller = 0; caller < 6; caller++) heard[caller].ShouldBe(string.Join('|', Enumerable.Range(0, 5).Select(turn => Text(caller, turn))));

        static string Text(int caller, int turn) => $"caller {(char)('a' + caller)} turn {(char)('p' + turn)}";
    }

    [SharedFact(Voice)]
    public void A_sink_that_has_enough_stops_the_engine_at_the_next_sentence()
    {
        using var folder = ModelFolder.Voice();
        using var engine = new SherpaVoices(folder.Read(), new SherpaOptions()).Create();
        var whole = TonePair.Say(engine, "one. two. three. four. five.").Length;
        var taken = 0;
        var chunks = 0;
        engine.Speak(new SpokenPiece("one. two. three. four. five.", "tone"), samples =>
        {
            taken += samples.Length;
            return ++chunks < 2;
        }).ShouldBeNull();

        chunks.ShouldBe(2);
        taken.ShouldBeLessThan(whole / 2);
        TonePair.Say(engine, "one. two. three. four. five.").Length.ShouldBe(whole);
    }

    [SharedFact(Voice)]
    public void What_the_sink_throws_comes_out_of_the_call_and_leaves_the_engine_usable()
    {
        using var folder = ModelFolder.Voice();
        using var engine = new SherpaVoices(folder.Read(), new SherpaOptions()).Create();
        Should.Throw<OperationCanceledException>(() => engine.Speak(new SpokenPiece("one. two.", "tone"), _ => throw new OperationCanceledException()));
        TonePair.Say(engine, "one.").Length.ShouldBeGreaterThan(0);
    }

    [SharedTheory(Voice)]
    [InlineData(0.25f)]
    [InlineData(0.5f)]
    [InlineData(2f)]
    [InlineData(4f)]
    public void Speed_changes_how_long_it_takes(float speed)
    {
        using var folder = ModelFolder.Voice();
        using var engine = new SherpaVoices(folder.Read(), new SherpaOptions()).Create();
        var plain = TonePair.Say(engine, "a longer text to be measured").Length;
        var samples = 0;
        engine.Speak(new SpokenPiece("a longer text to be measured", "tone", speed), chunk =>
        {
            samples += chunk.Length;
            return true;
        }).ShouldBeNull();

        ((double)plain / samples).ShouldBe(speed, speed * 0.02);
    }

    [SharedTheory(Voice)]
    [InlineData(0.24f)]
    [InlineData(4.1f)]
    [InlineData(float.NaN)]
    public void A_speed_out_of_range_never_reaches_the_library(float speed)
    {
        using var folder = ModelFolder.Voice();
        using var engine = new SherpaVoices(folder.Read(), new SherpaOptions()).Create();
        Should.Throw<ArgumentOutOfRangeException>(() => engine.Speak(new SpokenPiece("one", "tone", speed), _ => true));
    }

    [SharedFact(Voice)]
    public void Letters_that_the_model_does_not_know_are_named()
    {
        using var folder = ModelFolder.Voice();
        using var engine = new SherpaVoices(folder.Read(), new SherpaOptions()).Create();
        var error = engine.Speak(new SpokenPiece("naïve 7", "tone"), _ => true).ShouldNotBeNull();
        error.Code.ShouldBe(SpeechErrorCode.InvalidSetting);
        error.Message.ShouldContain("'ï' (U+00EF)");
        error.Message.ShouldContain("'7' (U+0037)");
    }

    [SharedTheory(Voice)]
    [InlineData("...")]
    [InlineData("😀🎉")]
    [InlineData("\u200B \uD800")]
    public void A_text_without_a_word_is_said_to_have_none(string text)
    {
        using var folder = ModelFolder.Voice();
        using var engine = new SherpaVoices(folder.Read(), new SherpaOptions()).Create();
        engine.Speak(new SpokenPiece(text, "tone"), _ => true).ShouldNotBeNull().Code.ShouldBe(SpeechErrorCode.NothingToSay);
    }

    [SharedFact(Voice)]
    public void An_unknown_voice_and_a_language_that_it_does_not_speak_are_refused()
    {
        using var folder = ModelFolder.Voice();
        using var engine = new SherpaVoices(folder.Read(), new SherpaOptions()).Create();
        engine.Speak(new SpokenPiece("one", "nova"), _ => true).ShouldNotBeNull().Message.ShouldContain("'nova' is not one of");
        engine.Speak(new SpokenPiece("one", "tone", Language: "fr"), _ => true).ShouldNotBeNull().Message.ShouldContain("not 'fr'");
        engine.Speak(new SpokenPiece("one", "tone", Language: "en"), _ => true).ShouldBeNull();
    }

    [SharedFact(Voice)]
    public void The_description_comes_from_model_and_manifest()
    {
        using var folder = ModelFolder.Voice();
        var description = new SherpaVoices(folder.Read(), new SherpaOptions()).Description;
        description.SampleRate.ShouldBe(16_000);
        description.Engine.ShouldBe("sherpa-onnx");
        description.Voices.ShouldHaveSingleItem().ShouldBe(new Voice("tone", "en-US"));
    }
}
