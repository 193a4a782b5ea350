using PolarGrid.Engine.Classic.Native;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Classic.Tests.Native;

public sealed class SystemLibraryTests
{
    [Fact]
    public void An_absent_library_is_one_sentence_that_names_the_package() =>
        SystemLibrary.TryOpen("libno-such-speech.so.9", "libnosuchspeech9", out _)
            .ShouldBe("libno-such-speech.so.9 is not installed (Debian package libnosuchspeech9).");

    [ClassicFact]
    public void A_function_that_a_library_lacks_is_found()
    {
        SystemLibrary.TryOpen(NativeNames.Flite, "libflite1", out var library).ShouldBeNull();

        SystemLibrary.FirstMissing(library, "flite_init", "utt_wave").ShouldBeNull();
        SystemLibrary.FirstMissing(library, "flite_init", "flite_fly", "utt_wave").ShouldBe("flite_fly");
    }
}
