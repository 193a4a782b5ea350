using PolarGrid.Audio;
using PolarGrid.Engine.Classic;
using PolarGrid.EndToEnd.Callers;

namespace PolarGrid.EndToEnd.Running;

/// <summary>A test that needs a voice and a recogniser; skipped with a sentence where the libraries for that are missing.</summary>
internal sealed class SpeechFactAttribute : FactAttribute
{
    public SpeechFactAttribute() => Skip = SpeechParts.Missing;
}

/// <inheritdoc cref="SpeechFactAttribute"/>
internal sealed class SpeechTheoryAttribute : TheoryAttribute
{
    public SpeechTheoryAttribute() => Skip = SpeechParts.Missing;
}

/// <summary>As <see cref="SpeechFactAttribute"/>, with the npm packages too.</summary>
internal sealed class NodeSpeechFactAttribute : FactAttribute
{
    public NodeSpeechFactAttribute() => Skip = SpeechParts.Missing ?? NodeClient.Missing;
}

/// <summary>What speech needs on this machine.</summary>
internal static class SpeechParts
{
    public static string? Missing { get; } =
        TestModel.Missing ?? ClassicSpeech.LoadFlite().Missing ?? ClassicSpeech.LoadPocketsphinx().Missing ?? (AudioLibraries.Missing is [var first, ..] ? first : null);
}
