using System.Buffers.Binary;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Speech;

/// <summary>Compares audio with the tones that it must consist of.</summary>
internal static class Tones
{
    private const int WavHeaderBytes = 44;

    /// <summary>The samples of 16-bit audio, -1 to 1.</summary>
    public static float[] Of(ReadOnlySpan<byte> pcm)
    {
        var samples = new float[pcm.Length / 2];
        for (var at = 0; at < samples.Length; at++) samples[at] = BinaryPrimitives.ReadInt16LittleEndian(pcm[(at * 2)..]) / 32767f;
        return samples;
    }

    public static float[] OfWav(byte[] wav)
    {
        wav.AsSpan(0, 4).SequenceEqual("RIFF"u8).ShouldBeTrue();
        wav.AsSpan(8, 8).SequenceEqual("WAVEfmt "u8).ShouldBeTrue();
        return Of(wav.AsSpan(WavHeaderBytes));
    }

    public static (uint Riff, uint Data) SizesOf(byte[] wav) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(4)), BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(40)));

    /// <summary>What a model says when it is given these pieces.</summary>
    public static float[] Expected(ScriptedVoices voices, float speed, params string[] pieces) =>
        [.. pieces.SelectMany(piece => piece).SelectMany(character => voices.ToneOf(character, speed))];

    public static void ShouldBe(float[] heard, float[] expected)
    {
        heard.Length.ShouldBe(expected.Length);
        for (var at = 0; at < heard.Length; at++)
        {
            if (Math.Abs(heard[at] - expected[at]) > 1e-4f) throw new ShouldAssertException($"Sample {at} is {heard[at]}, not {expected[at]}.");
        }
    }
}
