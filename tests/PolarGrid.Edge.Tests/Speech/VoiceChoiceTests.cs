using PolarGrid.Edge.Speech;
using PolarGrid.Engine.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Speech;

public sealed class VoiceChoiceTests
{
    [Fact]
    public void A_model_with_hundreds_of_voices_names_a_few_and_says_where_the_rest_is()
    {
        var error = VoiceChoice.Find(Model(904), "nobody", null, out var voice).ShouldNotBeNull();

        voice.ShouldBeNull();
        error.Message.ShouldContain("speaker-0, ");
        error.Message.ShouldContain("speaker-7 and 896 more (GET /v1/audio/voices?model=many lists all)");
        error.Message.Length.ShouldBeLessThan(500);
    }

    [Fact]
    public void A_model_with_few_voices_names_them_all() =>
        VoiceChoice.Find(Model(30), "nobody", null, out _).ShouldNotBeNull().Message.ShouldContain("speaker-28, speaker-29;");

    private static SynthesizerDescription Model(int voices) => new()
    {
        Id = "many", Engine = "test", SampleRate = 22_050, Voices = [.. Enumerable.Range(0, voices).Select(number => new Voice($"speaker-{number}", "en"))],
    };
}
