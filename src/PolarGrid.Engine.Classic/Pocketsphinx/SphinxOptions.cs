namespace PolarGrid.Engine.Classic.Pocketsphinx;

/// <summary>How hard the decoder tries. The defaults were chosen by measuring; see the test of the word error rate.</summary>
internal sealed record SphinxOptions
{
    /// <summary>Whether it leaves out frames in which it hears no speech. Times of words are right only without it.</summary>
    public bool RemoveSilence { get; init; }

    /// <summary>Whether it subtracts steady noise.</summary>
    public bool RemoveNoise { get; init; } = true;

    /// <summary>Most hidden Markov models that stay alive in a frame.</summary>
    public int MaxActive { get; init; } = 30_000;

    /// <summary>Compute the acoustic scores of every n-th frame.</summary>
    public int Downsampling { get; init; } = 1;

    /// <summary>Further arguments in pairs, for measurements.</summary>
    public IReadOnlyList<string> Further { get; init; } = [];

    public IReadOnlyList<string> Arguments(SphinxModel model) =>
    [
        "-hmm", model.Acoustic, "-lm", model.Language, "-dict", model.Dictionary,
        "-samprate", "16000", "-cmn", "live",
        "-remove_silence", RemoveSilence ? "yes" : "no",
        "-remove_noise", RemoveNoise ? "yes" : "no",
        "-maxhmmpf", $"{MaxActive}", "-ds", $"{Downsampling}",
        .. Further,
    ];
}
