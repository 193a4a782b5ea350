using PolarGrid.Engine.Sherpa.Models;

namespace PolarGrid.Engine.Sherpa.Checks;

/// <summary>Whether what a manifest says can be true of the files beside it.</summary>
internal static class ManifestFit
{
    /// <exception cref="ModelFault">It cannot.</exception>
    public static void Check(SherpaManifest manifest, ModelFacts facts)
    {
        switch (facts)
        {
            case VoiceFacts voice:
                CheckVoices(manifest, voice);
                break;
            case RecognizerFacts recogniser:
                CheckRecogniser(manifest, recogniser);
                break;
        }

        if (facts is not RecognizerFacts && manifest.MaxUtteranceSeconds is { } seconds)
        {
            throw new ModelFault($"{SherpaManifest.FileName}: 'max_utterance_seconds' is {seconds}; only recognisers have it.");
        }
    }

    private static void CheckVoices(SherpaManifest manifest, VoiceFacts voice)
    {
        if (manifest.Voices.Count == 0 && manifest.Languages.Count == 0)
        {
            throw new ModelFault($"{SherpaManifest.FileName}: give 'languages' or 'voices'; nothing else says which language it speaks.");
        }

        foreach (var entry in manifest.Voices.Where(entry => entry.Speaker >= voice.Speakers))
        {
            throw new ModelFault(
                $"{SherpaManifest.FileName}: the voice '{entry.Id}' has the speaker {entry.Speaker}, but the model has {voice.Speakers}, counted from 0.");
        }
    }

    private static void CheckRecogniser(SherpaManifest manifest, RecognizerFacts recogniser)
    {
        if (manifest.Languages.Count == 0 && recogniser.Languages.Count == 0)
        {
            throw new ModelFault($"{SherpaManifest.FileName}: give 'languages'; the files do not say which the model hears.");
        }

        // Whisper's library ends the process on a language that is not in the model.
        if (recogniser.Languages.Count > 0 && manifest.Languages.FirstOrDefault(language => !recogniser.Languages.Contains(language)) is { } unknown)
        {
            throw new ModelFault($"{SherpaManifest.FileName}: 'languages' has '{unknown}', which the model does not know; it knows {string.Join(", ", recogniser.Languages)}.");
        }

        if (manifest.MaxUtteranceSeconds > recogniser.MaxSeconds && recogniser.LosesMore)
        {
            throw new ModelFault(
                $"{SherpaManifest.FileName}: 'max_utterance_seconds' is {manifest.MaxUtteranceSeconds}, but this model hears at most {recogniser.MaxSeconds} seconds at once and loses what is longer.");
        }
    }
}
