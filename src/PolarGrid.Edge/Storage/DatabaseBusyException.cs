namespace PolarGrid.Edge.Storage;

/// <summary>Another program keeps the database locked for longer than a request may wait; the next try may work.</summary>
public sealed class DatabaseBusyException : IOException
{
    public DatabaseBusyException()
    {
    }

    public DatabaseBusyException(string message)
        : base(message)
    {
    }

    public DatabaseBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
