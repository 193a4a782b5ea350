using System.Net.WebSockets;

namespace PolarGrid.Edge.Transcription.Live;

/// <summary>How a live session closes: the code and the words of the closing frame, which are part of the protocol.</summary>
/// <param name="Status">See the members.</param>
/// <param name="Reason">At most 123 bytes.</param>
internal sealed record LiveClose(WebSocketCloseStatus Status, string Reason)
{
    private const int TryAgain = 1013;

    /// <summary>1000: all that was sent has been heard and answered.</summary>
    public static LiveClose Done { get; } = new(WebSocketCloseStatus.NormalClosure, "done");

    /// <summary>1001: the server stops.</summary>
    public static LiveClose Stopping { get; } = new(WebSocketCloseStatus.EndpointUnavailable, "the server is stopping");

    /// <summary>1003: a text message that is not <c>{"type":"input.done"}</c>.</summary>
    public static LiveClose UnknownMessage { get; } = new(WebSocketCloseStatus.InvalidMessageType, "text messages must be {\"type\":\"input.done\"}");

    /// <summary>1007: the audio ended in the middle of a sample.</summary>
    public static LiveClose HalfSample { get; } = new(WebSocketCloseStatus.InvalidPayloadData, "the audio ends with half of a 16-bit sample");

    /// <summary>1008: the session was as long as one may be; what was heard until then has been answered.</summary>
    public static LiveClose Limit { get; } = new(WebSocketCloseStatus.PolicyViolation, "the session limit is reached");

    /// <summary>1009: a message larger than <see cref="LiveSocket.LargestMessage"/>.</summary>
    public static LiveClose TooBig { get; } = new(WebSocketCloseStatus.MessageTooBig, "a message may have 262144 bytes");

    /// <summary>1011: the recogniser failed.</summary>
    public static LiveClose Failed { get; } = new(WebSocketCloseStatus.InternalServerError, "the recogniser failed");

    /// <summary>1013: the recogniser is stopping; another session may succeed.</summary>
    public static LiveClose Unavailable { get; } = new((WebSocketCloseStatus)TryAgain, "the recogniser is stopping; try again later");
}
