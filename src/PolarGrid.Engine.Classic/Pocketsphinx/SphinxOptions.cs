namespace PolarGrid.Engine.Classic.Pocketsphinx;

/// <summary>How hard the decoder tries. The defaults were chosen by measuring; see the test of the word error rate.</summary>
internal sealed record SphinxOptions
{
    /// <summary>Further arguments in pairs, for measurements.</summary>
    public IReadOnlyList<string> Further { get; init; } = [];

    public IReadOnlyList<string> Arguments(SphinxModel model) =>
    [
        "-hmm", model.Acoustic, "-lm", model.Language, "-dict", model.Dictionary,
        "-samprate", "16000",

        // The mean of the cepstrum is set by CepstralMean.
        "-cmn", "live",

        // Its own detector takes frames out, and the times of words with them; stretches without speech are cut before they come here.
        "-remove_silence", "no",

        // The second pass over the whole utterance costs a quarter of the time and gained one word in two hundred.
        "-fwdflat", "no",
        .. Further,
    ];
}
