namespace PolarGrid.Edge.Limits;

/// <summary>How large a request may be, and how many may come. All are fixed at start.</summary>
public sealed class EdgeLimits
{
    /// <summary>
    /// Inference requests of one key in a minute of the clock, 1 to 1,000,000, unless the key has a limit of its own; more get 429. The
    /// default is 0, no limit: it is the operator's own machine.
    /// </summary>
    public int RequestsPerMinute { get; set; }

    /// <summary>Bytes of a request's body, 1 KiB to 1 GiB; larger gets 413.</summary>
    public long MaxBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Header lines of a request, 10 to 1,000.</summary>
    public int MaxHeaders { get; set; } = 64;

    /// <summary>Bytes of all header lines together, 1 KiB to 1 MiB.</summary>
    public int MaxHeaderBytes { get; set; } = 32 * 1024;

    /// <summary>Messages of one conversation, 1 to 100,000.</summary>
    public int MaxMessages { get; set; } = 2048;

    /// <summary>Content parts of all messages together, 1 to 1,000,000.</summary>
    public int MaxContentParts { get; set; } = 4096;

    /// <summary>Prompts of one legacy completion request, 1 to 2,048. Each is a request to the engine.</summary>
    public int MaxPrompts { get; set; } = 32;

    /// <summary>Nesting of JSON objects and arrays, 8 to 256.</summary>
    public int MaxJsonDepth { get; set; } = 64;

    /// <summary>Open connections, 1 to 1,000,000.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Bytes that may wait in a response's buffer before the writer waits, 4 KiB to 16 MiB.</summary>
    public long MaxResponseBufferBytes { get; set; } = 64 * 1024;

    /// <summary>A reader slower than this many bytes a second, after <see cref="SlowReaderGraceSeconds"/>, is cut off; 1 to 1,000,000.</summary>
    public double MinReadBytesPerSecond { get; set; } = 240;

    /// <summary>How long a reader may be slower, 2 to 600 seconds; the web server looks once a second.</summary>
    public double SlowReaderGraceSeconds { get; set; } = 5;
}
