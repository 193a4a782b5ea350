using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace PolarGrid.Edge;

/// <summary>
/// Sends a chunk on the thread that wrote it. Handing it to another one wakes one more thread per token, and each that wakes on few
/// cores holds up a forward pass. What runs on a socket's thread is a thread of the pool all the same, so nothing else waits for it.
/// </summary>
internal sealed class KestrelSockets : IConfigureOptions<SocketTransportOptions>
{
    public void Configure(SocketTransportOptions options) => options.UnsafePreferInlineScheduling = true;
}
