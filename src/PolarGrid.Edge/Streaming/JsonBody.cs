using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using PolarGrid.Edge.Observability;

namespace PolarGrid.Edge.Streaming;

/// <summary>Writes a wire record as the response's body.</summary>
internal static class JsonBody
{
    public static async Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.BodyWriter, value, type, context.RequestAborted);
        RequestState.Of(context).ToldToEnd = true;
    }
}
