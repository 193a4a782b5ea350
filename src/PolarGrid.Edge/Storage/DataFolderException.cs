namespace PolarGrid.Edge.Storage;

/// <summary>The data folder cannot be used; the message says what to do about it.</summary>
public sealed class DataFolderException : IOException
{
    public DataFolderException()
    {
    }

    public DataFolderException(string message)
        : base(message)
    {
    }

    public DataFolderException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
