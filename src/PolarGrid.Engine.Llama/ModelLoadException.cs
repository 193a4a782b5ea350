namespace PolarGrid.Engine.Llama;

/// <summary>A model file cannot be used. The message is one sentence for the operator.</summary>
public sealed class ModelLoadException : Exception
{
    public ModelLoadException(string message)
        : base(message)
    {
    }

    public ModelLoadException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
