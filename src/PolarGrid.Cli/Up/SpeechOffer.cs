using PolarGrid.Engine.Speech;

namespace PolarGrid.Cli.Up;

/// <summary>What a source has: a voice model, a recogniser, or the reason why it has none.</summary>
internal abstract record SpeechOffer
{
    private SpeechOffer()
    {
    }

    /// <param name="Model">What it is.</param>
    /// <param name="Create">Makes one instance on the thread that will use it.</param>
    public sealed record Voices(SynthesizerDescription Model, Func<ISynthesizer> Create) : SpeechOffer
    {
        /// <summary>Names that the model asks for.</summary>
        public IReadOnlyList<string> Aliases { get; init; } = [];

        /// <summary>Whether loading takes long enough that a caller should not wait for it.</summary>
        public bool LoadsSlowly { get; init; }
    }

    /// <param name="Model">What it is.</param>
    /// <param name="Create">Makes one instance on the thread that will use it.</param>
    public sealed record Recogniser(TranscriberDescription Model, Func<ITranscriber> Create) : SpeechOffer
    {
        /// <summary>Names that the model asks for.</summary>
        public IReadOnlyList<string> Aliases { get; init; } = [];

        /// <summary>Whether loading takes long enough that a caller should not wait for it.</summary>
        public bool LoadsSlowly { get; init; }
    }

    /// <param name="Name">Of the model, for people.</param>
    /// <param name="Create">Makes one that hears speech above a threshold of 0 (everything) to 1 (nothing).</param>
    public sealed record Detector(string Name, Func<float, IVoiceActivityDetector> Create) : SpeechOffer;

    /// <param name="Reason">One line for the operator: what is missing and how it gets there.</param>
    public sealed record Missing(string Reason) : SpeechOffer;
}
