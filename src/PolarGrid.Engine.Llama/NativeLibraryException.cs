namespace PolarGrid.Engine.Llama;

/// <summary>The native library is missing, of another version, or cannot run here. The message is one sentence for the operator.</summary>
public sealed class NativeLibraryException : Exception
{
    public NativeLibraryException(string message)
        : base(message)
    {
    }

    public NativeLibraryException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
