using System.Globalization;
using PolarGrid.Audio.Decoders;
using PolarGrid.Audio.Encoders;
using PolarGrid.Audio.Native;
using Shouldly;
using Xunit.Abstractions;

namespace PolarGrid.Audio.Tests.Decoders;

/// <summary>
/// Broken files are decoded or refused, and never anything else. <c>POLARGRID_AUDIO_MUTATIONS</c> says how many are tried; a folder in
/// <c>POLARGRID_AUDIO_MUTANTS</c> keeps the one that is being tried, for the case that it ends the process.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Rate = 16_000;
    private const int UsualMutations = 600;

    [Fact]
    public void Mutants_of_every_format_are_decoded_or_refused()
    {
        var files = Files();
        var count = int.TryParse(Environment.GetEnvironmentVariable("POLARGRID_AUDIO_MUTATIONS"), CultureInfo.InvariantCulture, out var asked) ? asked : UsualMutations;
        var keep = Environment.GetEnvironmentVariable("POLARGRID_AUDIO_MUTANTS");
        var limits = new AudioLimits { MaxSeconds = 20 };
        var decoded = 0;
        var refused = new Dictionary<AudioErrorCode, int>();
        for (var seed = 0; seed < count; seed++)
        {
            var mutant = Mutator.Mutate(files, seed);
            if (keep is not null) File.WriteAllBytes(Path.Combine(keep, "mutant"), mutant);
            using var tooLong = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            var before = GC.GetAllocatedBytesForCurrentThread();

            var result = AudioDecoder.Decode(new AudioBytes(mutant), limits, Rate, ffmpeg: null, tooLong.Token);

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16 << 20, $"mutant {seed}");
            if (result.Succeeded)
            {
                decoded++;
                result.Value.Seconds.ShouldBeInRange(0, 20, $"mutant {seed}");
                result.Value.Samples.ToArray().ShouldAllBe(sample => sample >= -1 && sample <= 1, $"mutant {seed}");
            }
            else
            {
                refused[result.Error.Code] = refused.GetValueOrDefault(result.Error.Code) + 1;
                result.Error.IsOurs.ShouldBeFalse($"mutant {seed}: {result.Error}");
                result.Error.Message.ShouldNotBeEmpty();
            }
        }

        output.WriteLine($"{count} mutants: {decoded} decoded, refused: {string.Join(", ", refused.Select(pair => $"{pair.Value} {pair.Key}"))}");

        // Were all refused, the mutants would not get far enough to test anything; were none, they would not be broken.
        decoded.ShouldBeInRange(count / 10, count * 9 / 10);
    }

    /// <summary>Short files of all kinds, speech-like enough that every part of a codec is used.</summary>
    private static List<byte[]> Files()
    {
        var tones = Signals.Tones(Rate, 0.4);
        var noise = new Random(1);
        for (var i = tones.Length / 2; i < tones.Length; i++) tones[i] *= (float)noise.NextDouble();
        var six = TestFiles.Interleave(tones, tones, tones, tones, tones, tones);
        int[] wavs =
        [
            SoundFileFormat.PcmU8, SoundFileFormat.Pcm16, SoundFileFormat.Pcm24, SoundFileFormat.Float, SoundFileFormat.Double, SoundFileFormat.MuLaw,
            SoundFileFormat.ALaw, SoundFileFormat.MsAdpcm, SoundFileFormat.ImaAdpcm, SoundFileFormat.Gsm610,
        ];
        int[] others =
        [
            SoundFileFormat.Rf64 | SoundFileFormat.Pcm16, SoundFileFormat.Flac | SoundFileFormat.Pcm16, SoundFileFormat.Flac | SoundFileFormat.Pcm24,
            SoundFileFormat.Ogg | SoundFileFormat.Vorbis, SoundFileFormat.Ogg | SoundFileFormat.Opus, SoundFileFormat.Mpeg | SoundFileFormat.MpegLayer3,
        ];
        var mp3 = TestFiles.Encode(AudioFormat.Mp3, Rate, tones);
        return
        [
            .. wavs.Select(encoding => TestFiles.Wav(encoding, Rate, 1, tones)),
            .. others.Select(format => TestFiles.Write(format, Rate, 1, tones)),
            TestFiles.Wav(SoundFileFormat.Pcm16 | 0x20000000, Rate, 1, tones), // RIFX
            TestFiles.Wav(SoundFileFormat.MsAdpcm, Rate, 2, TestFiles.Interleave(tones, tones)),
            TestFiles.Wav(SoundFileFormat.ImaAdpcm, Rate, 2, TestFiles.Interleave(tones, tones)),
            TestFiles.Write(SoundFileFormat.WavExtensible | SoundFileFormat.Pcm24, 96_000, 6, six),
            TestFiles.Write(SoundFileFormat.Flac | SoundFileFormat.Pcm24, 96_000, 6, six),
            TestFiles.Write(SoundFileFormat.Ogg | SoundFileFormat.Vorbis, 48_000, 6, six),
            TestFiles.Write(SoundFileFormat.Ogg | SoundFileFormat.Opus, 48_000, 6, six),
            TestFiles.Encode(AudioFormat.Wav, Rate, tones, AudioDelivery.Streamed),
            TestFiles.Encode(AudioFormat.Flac, Rate, tones, AudioDelivery.Streamed),
            mp3,
            TestFiles.Encode(AudioFormat.Mp3, 44_100, tones, AudioDelivery.Streamed),
            [.. TestFiles.Id3(300), .. mp3],
            TestFiles.Riff(("fmt ", [.. TestFiles.Format(0x55, 1, Rate, 0), 0, 0]), ("data", mp3)),
        ];
    }
}
