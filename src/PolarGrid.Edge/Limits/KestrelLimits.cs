using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace PolarGrid.Edge.Limits;

/// <summary>Gives the web server our limits.</summary>
internal sealed class KestrelLimits(EdgeLimits limits) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = limits.MaxBodyBytes;
        options.Limits.MaxRequestHeaderCount = limits.MaxHeaders;
        options.Limits.MaxRequestHeadersTotalSize = limits.MaxHeaderBytes;
        options.Limits.MaxConcurrentConnections = limits.MaxConnections;
        options.Limits.MaxResponseBufferSize = limits.MaxResponseBufferBytes;
        options.Limits.MinResponseDataRate = new MinDataRate(limits.MinReadBytesPerSecond, TimeSpan.FromSeconds(limits.SlowReaderGraceSeconds));
    }
}
