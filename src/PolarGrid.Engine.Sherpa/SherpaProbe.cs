using PolarGrid.Engine.Sherpa.Checks;
using PolarGrid.Engine.Sherpa.Listening;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Speaking;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Sherpa;

/// <summary>Loads a model and lets it do one small job. For a process that may be lost: on a bad model the library ends it.</summary>
public static class SherpaProbe
{
    /// <summary>Runs the job.</summary>
    /// <returns>Null when the model works; otherwise one sentence.</returns>
    public static string? Run(SherpaModel model)
    {
        try
        {
            return model.IsVoice ? Speak(model) : model.IsRecogniser ? Listen(model) : Detect(model);
        }
        catch (Exception failed) when (failed is SherpaLoadException or InvalidOperationException)
        {
            return failed.Message;
        }
    }

    private static string? Speak(SherpaModel model)
    {
        var voices = new SherpaVoices(model, new SherpaOptions());
        using var engine = voices.Create();
        var samples = 0L;
        var broken = false;
        foreach (var voice in (Voice[])[voices.Description.Voices[0], voices.Description.Voices[^1]])
        {
            var piece = new SpokenPiece(Sentence((VoiceFacts)model.Facts), voice.Id);
            var error = engine.Speak(piece, chunk =>
            {
                samples += chunk.Length;
                broken |= chunk.ContainsAnyExceptFinite();
                return true;
            });
            if (error is not null) return error.Message;
        }

        return samples == 0 ? "It made no sound." : broken ? "It made samples that are no numbers." : null;
    }

    private static string? Listen(SherpaModel model)
    {
        using var engine = new SherpaRecogniser(model, new SherpaOptions()).Create();
        foreach (var seconds in (double[])[0.1, 2])
        {
            using var utterance = engine.Begin(new TranscriptionSettings());
            utterance.Accept(Hum((int)(seconds * engine.Model.SampleRate)));
            if (utterance.Finish().Error is { } error) return error.Message;
        }

        return null;
    }

    private static string? Detect(SherpaModel model)
    {
        using var detector = new SileroDetector(model);
        var silence = new float[detector.FrameSamples];
        for (var i = 0; i < 40; i++)
        {
            if (detector.HearsSpeech(silence)) return "It hears speech where all is silent.";
        }

        return null;
    }

    // Everything that a model of characters can be given, so that a symbol beyond its table shows itself here and not in the server.
    private static string Sentence(VoiceFacts facts) => facts.Characters is { } characters
        ? string.Concat(characters.Order().Select(char.ConvertFromUtf32))
        : "The quick brown fox jumps over the lazy dog, 123 times. Does it?";

    private static float[] Hum(int samples)
    {
        var hum = new float[samples];
        for (var i = 0; i < samples; i++) hum[i] = 0.1f * MathF.Sin(i * 0.1f) * MathF.Sin(i * 0.001f);
        return hum;
    }
}
