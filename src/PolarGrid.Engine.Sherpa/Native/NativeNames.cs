namespace PolarGrid.Engine.Sherpa.Native;

/// <summary>The names under which imports ask <see cref="SherpaResolver"/> for a library.</summary>
internal static class NativeNames
{
    public const string Sherpa = "sherpa-onnx-c-api";
    public const string OnnxRuntime = "onnxruntime";
}
