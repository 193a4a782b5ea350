using PolarGrid.Engine.Speech;
using PolarGrid.Testing;
using Xunit;

namespace PolarGrid.Engine.Classic.Tests;

/// <summary>A test that needs the installed libraries of speech; skipped with their names where they are not.</summary>
public sealed class ClassicFactAttribute : FactAttribute
{
    public ClassicFactAttribute() => Skip = Engines.Missing;
}

/// <inheritdoc cref="ClassicFactAttribute"/>
public sealed class ClassicTheoryAttribute : TheoryAttribute
{
    public ClassicTheoryAttribute() => Skip = Engines.Missing;
}

/// <summary>A test that needs those and files of the shared folder.</summary>
public sealed class ClassicSharedFactAttribute : FactAttribute
{
    public ClassicSharedFactAttribute(params string[] files) => Skip = Engines.Missing ?? new SharedFactAttribute(files).Skip;
}

/// <summary>The engines under test.</summary>
internal static class Engines
{
    private static readonly ClassicEngine<SynthesizerDescription, ISynthesizer> Flite = ClassicSpeech.LoadFlite();
    private static readonly ClassicEngine<TranscriberDescription, ITranscriber> Pocketsphinx = ClassicSpeech.LoadPocketsphinx();

    public static string? Missing => Flite.Missing ?? Pocketsphinx.Missing;

    public static ISynthesizer NewSynthesizer() => Flite.Create!();

    public static ITranscriber NewTranscriber() => Pocketsphinx.Create!();

    /// <summary>All samples of one text.</summary>
    public static float[] Speak(this ISynthesizer synthesizer, string text, string voice = "slt", float speed = 1)
    {
        List<float> samples = [];
        var error = synthesizer.Speak(new SpokenPiece(text, voice, speed), chunk =>
        {
            samples.AddRange(chunk);
            return true;
        });
        Assert.Null(error);
        return [.. samples];
    }

    /// <summary>What is heard in samples that come in chunks of a tenth of a second.</summary>
    public static TranscribedPiece Hear(this ITranscriber transcriber, ReadOnlySpan<float> samples)
    {
        using var utterance = transcriber.Begin(new TranscriptionSettings());
        while (samples.Length > 0)
        {
            var count = Math.Min(1600, samples.Length);
            utterance.Accept(samples[..count]);
            samples = samples[count..];
        }

        return utterance.Finish();
    }
}
