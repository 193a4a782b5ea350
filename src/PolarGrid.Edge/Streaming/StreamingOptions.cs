namespace PolarGrid.Edge.Streaming;

/// <summary>Timing of streamed answers. Fixed at start.</summary>
public sealed class StreamingOptions
{
    /// <summary>A silent stream gets a comment line this often, 1 to 600 seconds, so that proxies keep it open.</summary>
    public double KeepAliveSeconds { get; set; } = 15;

    /// <summary>
    /// How long headers wait for the first event, 0.1 to 600 seconds. A failure before keeps its own status code; after it the
    /// status is 200 and a failure is an event.
    /// </summary>
    public double FirstEventHeadersAfterSeconds { get; set; } = 10;
}
