namespace PolarGrid.Cli;

/// <summary>What the commands print: results on the output, everything else on the error stream.</summary>
internal static class Terminal
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>Prints one line that says what is wrong and returns the exit code for it.</summary>
    public static int Fail(string message)
    {
        Console.Error.WriteLine($"error: {message}");
        return Failure;
    }

    /// <summary>Prints all mistakes of one start and returns the exit code for them.</summary>
    public static int Fail(IEnumerable<string> messages)
    {
        foreach (var message in messages) Fail(message);
        return Failure;
    }
}
