using PolarGrid.Audio.Native;
using Shouldly;

namespace PolarGrid.Audio.Tests.Native;

public sealed class NativeLibrariesTests
{
    [Theory]
    [InlineData("libsndfile-1.2.0", true)]
    [InlineData("libsndfile-1.1.0", true)]
    [InlineData("libsndfile-1.2.2-exp", true)]
    [InlineData("libsndfile-2.0", true)]
    [InlineData("libsndfile-1.0.31", false)]
    [InlineData("libsndfile-", false)]
    [InlineData("sndfile 1.2.0", false)]
    [InlineData("", false)]
    public void The_first_version_with_mp3_is_needed(string reported, bool recent) => NativeLibraries.IsRecent(reported).ShouldBe(recent);

    [Fact]
    public void A_library_that_is_absent_is_named_with_its_package()
    {
        var error = NativeLibraries.Check("no-such-library").ShouldNotBeNull();
        error.Code.ShouldBe(AudioErrorCode.LibraryMissing);
        error.IsOurs.ShouldBeTrue();
        error.Message.ShouldContain("install the package");
    }

    [Fact]
    public void What_is_missing_is_said_once_for_each_library() => AudioLibraries.Missing.ShouldBeEmpty();
}
