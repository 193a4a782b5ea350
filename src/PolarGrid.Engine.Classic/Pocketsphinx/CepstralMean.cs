using PolarGrid.Engine.Classic.Native;

namespace PolarGrid.Engine.Classic.Pocketsphinx;

/// <summary>
/// Sets what the decoder takes for the colour of voice and microphone. Left alone it would start from the model's and learn while it
/// listens, across callers: half of the words of a first sentence are wrong then, and the text depends on who spoke before. Learned from the
/// first seconds of speech before they are decoded, it is as good as known from the whole recording (both measured; see the test of the
/// word error rate).
/// </summary>
internal sealed unsafe class CepstralMean : IDisposable
{
    private const int MostRows = 100;

    private readonly DecoderHandle decoder;
    private readonly FrontEndHandle frontEnd;
    private readonly float[] initial;
    private readonly float[] rows;
    private readonly double[] sums;

    /// <exception cref="IOException">The library makes no front end.</exception>
    public CepstralMean(DecoderHandle decoder)
    {
        this.decoder = decoder;
        var feature = NativePocketsphinx.Feature(decoder);
        var size = feature->CepstrumSize;
        if (size is < 1 or > 64) throw new IOException($"The model of pocketsphinx has cepstra of {size} values; 13 are usual.");
        frontEnd = NativeSphinxbase.CreateFrontEnd(NativePocketsphinx.Configuration(decoder));
        if (frontEnd.IsInvalid) throw new IOException("pocketsphinx cannot make a second front end.");
        initial = new float[size];
        rows = new float[MostRows * size];
        sums = new double[size];
        fixed (float* values = initial) NativeSphinxbase.GetMean(feature->MeanNormalisation, values);
    }

    /// <summary>Back to the model's own, for another voice.</summary>
    public void Reset() => Set(initial);

    /// <summary>Takes the mean of these samples: a second or more of speech, with the pauses in it.</summary>
    public void Learn(ReadOnlySpan<short> samples)
    {
        sums.AsSpan().Clear();
        var frames = Sum(samples);
        if (frames == 0) return;
        Set(Array.ConvertAll(sums, sum => (float)(sum / frames)));
    }

    public void Dispose() => frontEnd.Dispose();

    /// <returns>Frames that are in the sums.</returns>
    private int Sum(ReadOnlySpan<short> samples)
    {
        NativeSphinxbase.StartStream(frontEnd);
        _ = NativeSphinxbase.StartUtterance(frontEnd);
        var frames = 0;
        var pointers = stackalloc float*[MostRows];
        fixed (float* values = rows)
        fixed (short* data = samples)
        {
            for (var i = 0; i < MostRows; i++) pointers[i] = values + (i * initial.Length);
            var at = data;
            var left = (nuint)samples.Length;
            while (left > 0)
            {
                var before = left;
                int made = MostRows, first;
                if (NativeSphinxbase.Process(frontEnd, &at, &left, pointers, &made, &first) < 0) break;
                for (var row = 0; row < Math.Clamp(made, 0, MostRows); row++) frames += Add(rows.AsSpan(row * initial.Length, initial.Length));
                if (made == 0 && left == before) break;
            }
        }

        return frames;
    }

    /// <summary>Frames of digital silence say nothing about a voice; the library leaves them out as well.</summary>
    private int Add(ReadOnlySpan<float> frame)
    {
        if (!(frame[0] >= 0)) return 0;
        for (var i = 0; i < sums.Length; i++) sums[i] += frame[i];
        return 1;
    }

    private void Set(float[] mean)
    {
        fixed (float* values = mean) NativeSphinxbase.SetMean(NativePocketsphinx.Feature(decoder)->MeanNormalisation, values);
    }
}
