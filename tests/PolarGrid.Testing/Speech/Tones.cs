namespace PolarGrid.Testing.Speech;

/// <summary>Audio that says something without being speech: each letter is a tone, a blank is a short pause, a bar a long one.</summary>
public static class Tones
{
    public const int LetterMs = 90, BetweenMs = 20, BlankMs = 80, BarMs = 900;

    /// <summary>Hertz of a letter, a to z.</summary>
    public static double Frequency(char letter) => 500 + (80 * (letter - 'a'));

    /// <param name="text">Letters a to z, blanks and bars.</param>
    /// <param name="sampleRate">Hertz.</param>
    /// <param name="loudness">0 to 1.</param>
    /// <returns>With silence of 400 ms around it.</returns>
    public static float[] Say(string text, int sampleRate = 16_000, float loudness = 0.4f)
    {
        var samples = new List<float>();
        Silence(400);
        foreach (var letter in text)
        {
            if (letter == ' ') Silence(BlankMs);
            else if (letter == '|') Silence(BarMs);
            else Letter(letter);
        }

        Silence(400);
        return [.. samples];

        void Silence(int milliseconds) => samples.AddRange(new float[sampleRate * milliseconds / 1000]);

        void Letter(char letter)
        {
            var length = sampleRate * LetterMs / 1000;
            for (var at = 0; at < length; at++)
            {
                // Soft edges, so that a lossy codec has nothing to ring about.
                var edge = Math.Min(1, Math.Min(at, length - at) / (sampleRate * 0.005));
                samples.Add((float)(loudness * edge * Math.Sin(2 * Math.PI * Frequency(letter) * at / sampleRate)));
            }

            Silence(BetweenMs);
        }
    }

    /// <summary>A RIFF file of 16-bit mono samples.</summary>
    public static byte[] Wav(ReadOnlySpan<float> samples, int sampleRate = 16_000)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + (2 * samples.Length));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(sampleRate);
        writer.Write(2 * sampleRate);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(2 * samples.Length);
        writer.Write(Pcm(samples));
        return file.ToArray();
    }

    public static byte[] Wav(string text, int sampleRate = 16_000) => Wav(Say(text, sampleRate), sampleRate);

    /// <summary>Signed 16-bit little-endian.</summary>
    public static byte[] Pcm(ReadOnlySpan<float> samples)
    {
        var bytes = new byte[2 * samples.Length];
        for (var at = 0; at < samples.Length; at++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * at), (short)Math.Round(Math.Clamp(samples[at], -1, 1) * short.MaxValue));
        }

        return bytes;
    }
}
