using PolarGrid.Engine.Classic.Flite;
using PolarGrid.Engine.Classic.Pocketsphinx;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Classic;

/// <summary>Speech from libraries that the system's package manager installs: flite speaks, pocketsphinx listens.</summary>
public static class ClassicSpeech
{
    /// <summary>Loads flite and its voices, once for the process. Safe from any thread.</summary>
    public static ClassicEngine<SynthesizerDescription, ISynthesizer> LoadFlite()
    {
        var (library, missing) = FliteLibrary.Load();
        return library is null ? new($"flite: {missing}") : new(library.Description, () => new FliteSynthesizer(library));
    }

    /// <summary>Looks for pocketsphinx and its US English model; each instance loads the model when it is made. Safe from any thread.</summary>
    public static ClassicEngine<TranscriberDescription, ITranscriber> LoadPocketsphinx()
    {
        var (library, missing) = SphinxLibrary.Load();
        return library is null ? new($"pocketsphinx: {missing}") : new(library.Description, () => new SphinxTranscriber(library));
    }
}
