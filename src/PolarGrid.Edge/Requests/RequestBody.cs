using System.Buffers;
using System.Text.Json;

namespace PolarGrid.Edge.Requests;

/// <summary>A parsed body and the pooled memory that it lies in. Nothing of it may be used after disposal.</summary>
internal sealed class RequestBody(JsonDocument document, byte[] buffer) : IDisposable
{
    public JsonElement Root => document.RootElement;

    public void Dispose()
    {
        document.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
