using PolarGrid.EndToEnd.Callers;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Engine.Sherpa;
using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.Transcription;

/// <summary>A test that needs a recogniser and a voice; skipped with a sentence when something is missing.</summary>
internal sealed class ListeningFactAttribute : FactAttribute
{
    public ListeningFactAttribute() => Skip = SpeechParts.Missing;
}

/// <inheritdoc cref="ListeningFactAttribute"/>
internal sealed class ListeningTheoryAttribute : TheoryAttribute
{
    public ListeningTheoryAttribute() => Skip = SpeechParts.Missing;
}

/// <summary>As <see cref="ListeningFactAttribute"/>, with the npm packages too.</summary>
internal sealed class NodeListeningFactAttribute : FactAttribute
{
    public NodeListeningFactAttribute() => Skip = SpeechParts.Missing ?? NodeClient.Missing;
}

/// <summary>A test that needs the tone pair and the library that runs it.</summary>
internal sealed class ModemTheoryAttribute : TheoryAttribute
{
    public ModemTheoryAttribute() => Skip = ListeningParts.ModemMissing;
}

/// <summary>What neural listening needs on this machine.</summary>
internal static class ListeningParts
{
    public const string Modem = "models/modem";

    public static string? ModemMissing { get; } =
        TestModel.Missing ?? SherpaLibrary.Load() ?? SharedFiles.WhyMissing(Modem);
}
