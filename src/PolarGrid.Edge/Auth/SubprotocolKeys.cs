using Microsoft.AspNetCore.Http;

namespace PolarGrid.Edge.Auth;

/// <summary>
/// The key of a browser's WebSocket, which cannot set an Authorization header: one of the subprotocols that it offers. Unlike an address,
/// that list is in no log and no history.
/// </summary>
internal static class SubprotocolKeys
{
    /// <summary>The subprotocol that the server chooses.</summary>
    public const string Name = "polargrid";

    private const string KeyPrefix = "polargrid-key.";

    /// <returns>The key; null where none is offered.</returns>
    public static string? Find(HttpRequest request) =>
        Offers(request).FirstOrDefault(offer => offer.StartsWith(KeyPrefix, StringComparison.Ordinal))?[KeyPrefix.Length..];

    /// <summary>Whether there is a key, but nothing that could be chosen.</summary>
    public static bool OffersOnlyKey(HttpRequest request) => Find(request) is not null && Chosen(request) is null;

    /// <summary>What the answer chooses: ours, or nothing.</summary>
    public static string? Chosen(HttpRequest request) => Offers(request).Contains(Name) ? Name : null;

    private static IList<string> Offers(HttpRequest request) => request.HttpContext.WebSockets.WebSocketRequestedProtocols;
}
