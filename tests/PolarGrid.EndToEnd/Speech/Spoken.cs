using System.Buffers.Binary;
using System.Net;
using System.Text.Json.Nodes;
using PolarGrid.Audio;
using PolarGrid.Audio.Decoders;
using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Speech;

/// <summary>Asks a real server to speak and looks at what comes back.</summary>
internal static class Spoken
{
    /// <summary>OpenAI's own example.</summary>
    public const string Fox = "The quick brown fox jumped over the lazy dog.";

    public static JsonObject Request(string text, string voice = "alloy", string? format = null)
    {
        var request = new JsonObject { ["model"] = "tts-1", ["input"] = text, ["voice"] = voice };
        if (format is not null) request["response_format"] = format;
        return request;
    }

    /// <summary>The body of an answer that must succeed.</summary>
    public static async Task<byte[]> SpeakAsync(this Api api, JsonObject request, CancellationToken cancellationToken = default)
    {
        using var response = await api.SendAsync("/v1/audio/speech", request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK) throw new HttpRequestException(await response.Content.ReadAsStringAsync(cancellationToken));
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Decodes a file; bare samples are taken as 24 kHz.</summary>
    public static (double Seconds, ReadOnlyMemory<float> Samples) Hear(byte[] file, string format, int rate = 16_000)
    {
        if (format == "pcm")
        {
            var samples = new float[file.Length / 2];
            for (var at = 0; at < samples.Length; at++) samples[at] = BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(at * 2)) / 32768f;
            return (samples.Length / 24_000.0, samples);
        }

        var decoded = AudioDecoder.Decode(file, new AudioLimits(), rate, CancellationToken.None);
        decoded.Error.ShouldBeNull(format);
        return (decoded.Value!.Samples.Length / (double)rate, decoded.Value.Samples);
    }

    /// <summary>
    /// Whether two recordings are of the same words in the same voice. Flite adds noise of its own to every voice, so no two are equal; but
    /// their lengths are, and their waves run together.
    /// </summary>
    public static void ShouldBeTheSame(byte[] one, byte[] other, string format, string because)
    {
        var (first, second) = (Hear(one, format).Samples, Hear(other, format).Samples);
        second.Length.ShouldBe(first.Length, because);
        Likeness(first.Span, second.Span).ShouldBeGreaterThan(0.9, because);
    }

    /// <summary>Correlation of two waves: 1 for the same, about 0 for different words.</summary>
    public static double Likeness(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var (product, first, second) = (0.0, 1e-9, 1e-9);
        for (var at = 0; at < one.Length; at++)
        {
            product += one[at] * other[at];
            first += one[at] * one[at];
            second += other[at] * other[at];
        }

        return product / Math.Sqrt(first * second);
    }

    /// <summary>Loudness over all, 0 to 1: silence is near 0, speech far from it.</summary>
    public static double Loudness(ReadOnlyMemory<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples.Span) sum += sample * sample;
        return Math.Sqrt(sum / Math.Max(1, samples.Length));
    }
}
