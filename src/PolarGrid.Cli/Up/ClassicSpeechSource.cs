using PolarGrid.Engine.Classic;

namespace PolarGrid.Cli.Up;

/// <summary>flite and pocketsphinx, where the system has them.</summary>
internal sealed class ClassicSpeechSource : ISpeechSource
{
    public IEnumerable<SpeechOffer> Find()
    {
        var flite = ClassicSpeech.LoadFlite();
        yield return flite.IsAvailable ? new SpeechOffer.Voices(flite.Description, flite.Create) : new SpeechOffer.Missing(flite.Missing);
        var pocketsphinx = ClassicSpeech.LoadPocketsphinx();
        yield return pocketsphinx.IsAvailable
            ? new SpeechOffer.Recogniser(pocketsphinx.Description, pocketsphinx.Create)
            : new SpeechOffer.Missing(pocketsphinx.Missing);
    }
}
