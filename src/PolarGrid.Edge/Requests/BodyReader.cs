using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Limits;

namespace PolarGrid.Edge.Requests;

/// <summary>Reads a request's JSON body within the limits.</summary>
internal sealed class BodyReader(EdgeLimits limits)
{
    private const int FirstBufferBytes = 16 * 1024;

    private readonly JsonDocumentOptions options = new() { MaxDepth = limits.MaxJsonDepth, AllowDuplicateProperties = false };

    /// <returns>The body, to be disposed by the caller, or what is wrong with it.</returns>
    public async ValueTask<(RequestBody? Body, ApiError? Error)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!IsJson(request.ContentType)) return (null, new(ErrorTable.MediaType, ErrorTable.MediaType.Sentence));
        if (request.ContentLength > limits.MaxBodyBytes) return (null, TooLarge());

        // The announced length is not trusted with memory before the bytes are there.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength + 1 ?? FirstBufferBytes, FirstBufferBytes));
        RequestBody? body = null;
        try
        {
            var length = 0;
            int read;
            while ((read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
            {
                length += read;
                if (length > limits.MaxBodyBytes) return (null, TooLarge());
                if (length == buffer.Length) buffer = Grow(buffer);
            }

            var error = Parse(buffer, length, out body);
            return (body, error);
        }
        finally
        {
            if (body is null) ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ApiError? Parse(byte[] buffer, int length, out RequestBody? body)
    {
        body = null;
        if (!Utf8.IsValid(buffer.AsSpan(0, length))) return new(ErrorTable.MalformedJson, "The body is not valid UTF-8.");
        try
        {
            body = new RequestBody(JsonDocument.Parse(buffer.AsMemory(0, length), options), buffer);
            return null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a property name with half of a surrogate pair.
            return new(ErrorTable.MalformedJson, $"The body is not valid JSON: {failure.Message}");
        }
    }

    private ApiError TooLarge() =>
        new(ErrorTable.BodyTooLarge, $"The body is larger than the {limits.MaxBodyBytes} bytes that this server accepts.");

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Encoding is { WebName: "utf-8" });
}
