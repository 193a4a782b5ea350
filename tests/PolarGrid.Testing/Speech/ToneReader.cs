namespace PolarGrid.Testing.Speech;

/// <summary>Reads <see cref="Tones"/> back as samples come.</summary>
internal sealed class ToneReader(int sampleRate)
{
    private const int FrameMs = 10;
    private const double Loud = 0.02;

    private readonly float[] frame = new float[sampleRate * FrameMs / 1000];
    private readonly int[] votes = new int[26];
    private readonly List<(char Letter, double Start, double End)> letters = [];
    private int filled;
    private int frames;
    private int toneStart = -1;

    /// <summary>Letters so far with blanks between words.</summary>
    public string Text => string.Join(' ', Words().Select(word => word.Text));

    public void Add(ReadOnlySpan<float> samples)
    {
        foreach (var sample in samples)
        {
            frame[filled++] = sample;
            if (filled < frame.Length) continue;
            filled = 0;
            Hear();
        }
    }

    public void End()
    {
        if (toneStart >= 0) EndLetter();
    }

    /// <summary>Letters that are close together are a word.</summary>
    public List<(string Text, double Start, double End)> Words()
    {
        var words = new List<(string Text, double Start, double End)>();
        foreach (var (letter, start, end) in letters)
        {
            if (words.Count > 0 && start - words[^1].End < (Tones.BetweenMs + (Tones.BlankMs / 2)) / 1000.0)
            {
                words[^1] = (words[^1].Text + letter, words[^1].Start, end);
            }
            else
            {
                words.Add((letter.ToString(), start, end));
            }
        }

        return words;
    }

    private void Hear()
    {
        var energy = 0.0;
        foreach (var sample in frame) energy += (double)sample * sample;
        var loud = Math.Sqrt(energy / frame.Length) > Loud;
        if (loud)
        {
            if (toneStart < 0) toneStart = frames;
            votes[Likeliest()]++;
        }
        else if (toneStart >= 0)
        {
            EndLetter();
        }

        frames++;
    }

    private void EndLetter()
    {
        // A sliver at a cut is no letter.
        if (frames - toneStart >= 3)
        {
            letters.Add(((char)('a' + Array.IndexOf(votes, votes.Max())), toneStart * FrameMs / 1000.0, frames * FrameMs / 1000.0));
        }

        Array.Clear(votes);
        toneStart = -1;
    }

    private int Likeliest()
    {
        var (best, most) = (0, 0.0);
        for (var letter = 0; letter < 26; letter++)
        {
            var (sine, cosine) = (0.0, 0.0);
            var step = 2 * Math.PI * Tones.Frequency((char)('a' + letter)) / sampleRate;
            for (var at = 0; at < frame.Length; at++)
            {
                sine += frame[at] * Math.Sin(step * at);
                cosine += frame[at] * Math.Cos(step * at);
            }

            var power = (sine * sine) + (cosine * cosine);
            if (power > most) (best, most) = (letter, power);
        }

        return best;
    }
}
