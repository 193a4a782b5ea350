using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Errors;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Streaming;

namespace PolarGrid.Edge.Errors;

/// <summary>Writes an <see cref="ApiError"/> as the response.</summary>
internal static class ErrorWriter
{
    public static Task WriteAsync(HttpContext context, ApiError error)
    {
        var state = RequestState.Of(context);
        state.ErrorCode = error.Kind.Name;

        var response = context.Response;
        response.StatusCode = error.StatusUnder(state.Profile);
        if (error.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);

        return JsonBody.WriteAsync(context, BodyOf(error, state), WireJson.Wire.ErrorResponse);
    }

    public static ErrorResponse BodyOf(ApiError error, RequestState state) => new()
    {
        Error = EventOf(error).Error,
        Detail = error.Message,
        Errors = state.Profile.NestsErrorDetail ? new NestedDetail { Detail = error.Message } : null,
        RequestId = state.RequestId,
    };

    public static ErrorEvent EventOf(ApiError error) => new()
    {
        Error = new ErrorBody { Message = error.Message, Type = error.Kind.Type, Param = error.Param, Code = error.Kind.Code },
    };

    /// <summary><see cref="EventOf"/> as one event of a stream.</summary>
    public static void WriteEvent(IBufferWriter<byte> output, ApiError error) =>
        ServerSentEvents.Write(output, EventOf(error), WireJson.Wire.ErrorEvent);
}
