using PolarGrid.Engine.Sherpa.Listening;
using PolarGrid.Engine.Sherpa.Speaking;
using PolarGrid.Engine.Speech;
using Shouldly;

namespace PolarGrid.Engine.Sherpa.Tests;

/// <summary>The tone voice and the recogniser that hears it.</summary>
internal sealed class TonePair : IDisposable
{
    private readonly ModelFolder voice = ModelFolder.Voice();
    private readonly ModelFolder recogniser = ModelFolder.Recogniser();
    private readonly ISynthesizer mouth;
    private readonly ITranscriber ear;

    public TonePair()
    {
        mouth = new SherpaVoices(voice.Read(), new SherpaOptions()).Create();
        ear = new SherpaRecogniser(recogniser.Read(), new SherpaOptions()).Create();
    }

    public float[] Say(string text) => Say(mouth, text);

    public TranscribedPiece Hear(float[] samples) => Hear(ear, samples);

    public static float[] Say(ISynthesizer mouth, string text)
    {
        List<float> samples = [];
        mouth.Speak(new SpokenPiece(text, mouth.Model.Voices[0].Id), chunk =>
        {
            samples.AddRange(chunk);
            return true;
        }).ShouldBeNull();
        return [.. samples];
    }

    public static TranscribedPiece Hear(ITranscriber ear, float[] samples)
    {
        using var utterance = ear.Begin(new TranscriptionSettings());
        foreach (var chunk in samples.Chunk(4000)) utterance.Accept(chunk);
        var piece = utterance.Finish();
        piece.Error.ShouldBeNull();
        return piece;
    }

    public void Dispose()
    {
        mouth.Dispose();
        ear.Dispose();
        voice.Dispose();
        recogniser.Dispose();
    }
}
