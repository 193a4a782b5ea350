using PolarGrid.Cli.Up;
using Shouldly;

namespace PolarGrid.Cli.Tests.Up;

public sealed class AliasCheckTests
{
    private static readonly string[] Served = ["polar-tiny", "flite", "pocketsphinx"];

    [Fact]
    public void Aliases_of_text_and_speech_models_are_fine() =>
        AliasCheck.FirstMistake([new("gpt-4o", "polar-tiny"), new("whisper-1", "pocketsphinx")], Served).ShouldBeNull();

    [Fact]
    public void An_alias_for_nothing_lists_what_is_served() =>
        AliasCheck.FirstMistake([new("tts-1", "kokoro")], Served)
            .ShouldBe("--alias tts-1 names the model 'kokoro', which is not served; served: polar-tiny, flite, pocketsphinx.");

    [Fact]
    public void An_alias_cannot_be_the_name_of_a_model() =>
        AliasCheck.FirstMistake([new("flite", "polar-tiny")], Served)!.ShouldContain("--alias flite is the name of a served model");
}
