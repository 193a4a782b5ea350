namespace PolarGrid.Engine.Llama.Native;

/// <summary>Values of <c>ggml_type</c> that a KV cache may have.</summary>
internal static class GgmlTypes
{
    public const int F16 = 1;
    public const int Q8 = 8;
}
