using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Transcription;
using PolarGrid.Edge.Transcription.Answers;
using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Engine.Speech;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Answers;

public sealed class HeardTextTests
{
    [Fact]
    public void Stretches_are_joined_with_spaces_and_the_parts_are_the_whole()
    {
        var heard = New();
        string[] deltas = [heard.Add(0, 1, Piece(" One. ")), heard.Add(1, 2, Piece("")), heard.Add(2, 3, Piece("Two."))];

        heard.Text.ShouldBe("One. Two.");
        string.Concat(deltas).ShouldBe(heard.Text);
        heard.Segments.Count.ShouldBe(2);
    }

    [Fact]
    public void Scripts_without_spaces_get_none()
    {
        var heard = New();
        heard.Add(0, 1, Piece("你好。"));
        heard.Add(1, 2, Piece("世界"));
        heard.Add(2, 3, Piece("ok"));

        heard.Text.ShouldBe("你好。世界 ok");
    }

    [Fact]
    public void Words_get_times_of_the_recording_and_stay_inside_their_stretch()
    {
        var heard = New();
        heard.Add(10, 12, new TranscribedPiece { Text = "a b", Words = [new("a", -0.5, 0.25), new("b", 1, 99)] });

        heard.Segments[0].Words.ShouldBe([new("a", 10, 10.25), new("b", 11, 12)]);
    }

    [Fact]
    public void The_language_is_the_one_of_most_of_the_speech()
    {
        var heard = New();
        heard.Add(0, 1, Piece("a") with { Language = "de" });
        heard.Add(1, 2, Piece("a") with { Language = "de" });
        heard.Add(2, 5, Piece("a") with { Language = "fr" });

        heard.Language.ShouldBe("fr");
        New().Language.ShouldBe("en");
    }

    private static HeardText New()
    {
        var engine = new ScriptedTranscriber();
        var model = new SpeechModel<TranscriberDescription, ITranscriber>("tones", engine.Model, engine.Pool(), []);
        return new HeardText(new TranscriptionPlan(model, new TranscriptionSettings(), VoiceDetection.Usual, TranscriptFormat.Json));
    }

    private static TranscribedPiece Piece(string text) => new() { Text = text };
}
