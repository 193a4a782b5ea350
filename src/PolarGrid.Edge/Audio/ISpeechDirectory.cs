using System.Diagnostics.CodeAnalysis;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Edge.Audio;

/// <summary>The loaded voice models and recognisers by name. All members are safe from any thread; a reader sees one consistent list.</summary>
public interface ISpeechDirectory
{
    /// <summary>In the order of registration; the first is the default.</summary>
    IReadOnlyList<SpeechModel<SynthesizerDescription, ISynthesizer>> Synthesizers { get; }

    /// <summary>In the order of registration; the first is the default.</summary>
    IReadOnlyList<SpeechModel<TranscriberDescription, ITranscriber>> Transcribers { get; }

    /// <summary>
    /// Makes a voice activity detector that hears speech above a threshold of 0 (everything) to 1 (nothing), 0.5 being usual; throws what a
    /// broken model throws. Null: the built-in <see cref="Engine.Speech.Listening.EnergyDetector"/>.
    /// </summary>
    Func<float, IVoiceActivityDetector>? CreateDetector { get; set; }

    /// <summary>Makes a voice model reachable. The directory does not own the engines: whoever created them disposes them.</summary>
    /// <param name="model">Reached by its <see cref="SynthesizerDescription.Id"/>.</param>
    /// <param name="engines">Its instances.</param>
    /// <param name="aliases">Further names, for example <c>tts-1</c>.</param>
    /// <exception cref="ArgumentException">One of the names is empty or taken by another voice model.</exception>
    void Register(SynthesizerDescription model, EnginePool<ISynthesizer> engines, params IReadOnlyList<string> aliases);

    /// <inheritdoc cref="Register(SynthesizerDescription, EnginePool{ISynthesizer}, IReadOnlyList{string})"/>
    void Register(TranscriberDescription model, EnginePool<ITranscriber> engines, params IReadOnlyList<string> aliases);

    /// <param name="name">An id or an alias, in exactly that spelling.</param>
    /// <param name="model">The voice model of that name.</param>
    bool TryFindSynthesizer(string name, [NotNullWhen(true)] out SpeechModel<SynthesizerDescription, ISynthesizer>? model);

    /// <param name="name">An id or an alias, in exactly that spelling.</param>
    /// <param name="model">The recogniser of that name.</param>
    bool TryFindTranscriber(string name, [NotNullWhen(true)] out SpeechModel<TranscriberDescription, ITranscriber>? model);
}
