using PolarGrid.EndToEnd.Running;
using PolarGrid.Engine.Sherpa;
using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.Transcription;

/// <summary>A test that needs the tone pair and the library that runs it; skipped with a sentence when something is missing.</summary>
internal sealed class ModemTheoryAttribute : TheoryAttribute
{
    public ModemTheoryAttribute() => Skip = ModemParts.Missing;
}

/// <summary>The voice and the recogniser that speak and hear tones.</summary>
internal static class ModemParts
{
    public const string Folder = "models/modem";

    public static string? Missing { get; } =
        TestModel.Missing ?? SherpaLibrary.Load() ?? SharedFiles.WhyMissing(Folder);
}
