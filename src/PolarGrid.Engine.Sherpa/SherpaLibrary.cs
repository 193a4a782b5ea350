using PolarGrid.Engine.Sherpa.Native;

namespace PolarGrid.Engine.Sherpa;

/// <summary>Whether the speech libraries are there. Ask before anything else; all members are safe to call from any thread.</summary>
public static class SherpaLibrary
{
    /// <summary>Loads the libraries; later calls return the first answer.</summary>
    /// <returns>Null when neural speech can be had; otherwise one sentence that says why not and the way out.</returns>
    public static string? Load() => SherpaResolver.Load();

    /// <summary>For people; only after <see cref="Load"/> said null.</summary>
    public static string Version => $"sherpa-onnx {NativeVersion.Reported()}, ONNX Runtime {NativeVersion.OnnxRuntime()}";

    internal static void Require()
    {
        if (Load() is { } missing) throw new InvalidOperationException(missing);
    }
}
