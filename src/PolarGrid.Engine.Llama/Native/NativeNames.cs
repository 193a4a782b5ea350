namespace PolarGrid.Engine.Llama.Native;

/// <summary>The names under which imports ask <see cref="NativeLibraryResolver"/> for a library.</summary>
internal static class NativeNames
{
    public const string Llama = "llama";
    public const string Ggml = "ggml";
    public const string GgmlBase = "ggml-base";
}
