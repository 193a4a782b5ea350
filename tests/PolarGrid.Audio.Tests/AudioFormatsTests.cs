using PolarGrid.Audio.Decoders;
using Shouldly;

namespace PolarGrid.Audio.Tests;

public sealed class AudioFormatsTests
{
    [Theory]
    [InlineData(AudioFormat.Wav, "wav", "audio/wav")]
    [InlineData(AudioFormat.Pcm, "pcm", "audio/pcm")]
    [InlineData(AudioFormat.Flac, "flac", "audio/flac")]
    [InlineData(AudioFormat.Mp3, "mp3", "audio/mpeg")]
    [InlineData(AudioFormat.Opus, "opus", "audio/ogg")]
    [InlineData(AudioFormat.Aac, "aac", "audio/aac")]
    public void A_format_has_a_name_and_a_media_type(AudioFormat format, string name, string mediaType)
    {
        AudioFormats.Name(format).ShouldBe(name);
        AudioFormats.MediaType(format).ShouldBe(mediaType);
        AudioFormats.Find(name).ShouldBe(format);
        AudioFormats.Names.ShouldContain(name);
    }

    [Theory]
    [InlineData("MP3")]
    [InlineData("")]
    [InlineData("ogg")]
    public void Other_names_are_unknown(string name) => AudioFormats.Find(name).ShouldBeNull();

    [Fact]
    public void Every_container_has_a_name() =>
        Enum.GetValues<AudioContainer>().Select(AudioContainers.Name).ShouldBe(["wav", "flac", "ogg", "mp3", "mp4", "webm", "aac"]);
}
