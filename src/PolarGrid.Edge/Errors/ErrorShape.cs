using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Storage;

namespace PolarGrid.Edge.Errors;

/// <summary>
/// Gives every failure the same body: exceptions, and statuses that routing or the server set without one (404, 405, 413, 415).
/// Once the response has begun nothing can be repaired, so the connection is cut instead of ending as if all were well.
/// </summary>
internal sealed class ErrorShape(RequestDelegate next, ILogger<ErrorShape> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && OfBareStatus(context) is { } error) await ErrorWriter.WriteAsync(context, error);
        }
        catch (Exception failure) when (context.RequestAborted.IsCancellationRequested)
        {
            RequestState.Of(context).Leave();
            if (!context.Response.HasStarted) context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            EdgeLog.Disconnected(logger, RequestState.Of(context).RequestId, failure.GetType().Name);
        }
        catch (Exception failure)
        {
            await RepairAsync(context, failure);
        }
    }

    private async Task RepairAsync(HttpContext context, Exception failure)
    {
        var error = failure switch
        {
            BadHttpRequestException refused => OfRefusal(refused),
            DatabaseBusyException => Busy(context),
            _ => Unexpected(context, failure),
        };
        if (context.Response.HasStarted)
        {
            RequestState.Of(context).Break(error);
            context.Abort();
            return;
        }

        context.Response.Clear();
        await ErrorWriter.WriteAsync(context, error);
    }

    /// <summary>The log gets type and stack, never the message: that may quote the request.</summary>
    private ApiError Unexpected(HttpContext context, Exception failure)
    {
        EdgeLog.Unexpected(logger, RequestState.Of(context).RequestId, failure.GetType().FullName, failure.StackTrace);
        return new(ErrorTable.Internal, ErrorTable.Internal.Sentence);
    }

    private ApiError Busy(HttpContext context)
    {
        EdgeLog.StorageBusy(logger, RequestState.Of(context).RequestId);
        return new(ErrorTable.StorageBusy, $"{ErrorTable.StorageBusy.Sentence} Nothing was stored; try again soon.")
        {
            RetryAfterSeconds = (int)SharedConnection.Rest.TotalSeconds,
        };
    }

    private static ApiError OfRefusal(BadHttpRequestException refused) => refused.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => new(ErrorTable.BodyTooLarge, ErrorTable.BodyTooLarge.Sentence),
        StatusCodes.Status408RequestTimeout => new(ErrorTable.RequestTimeout, ErrorTable.RequestTimeout.Sentence),
        _ => new(ErrorTable.BadRequest, ErrorTable.BadRequest.Sentence),
    };

    private static ApiError? OfBareStatus(HttpContext context) => context.Response.StatusCode switch
    {
        < 400 => null,
        StatusCodes.Status404NotFound => new(ErrorTable.NotFound, $"There is nothing at {context.Request.Method} {context.Request.Path}."),
        StatusCodes.Status405MethodNotAllowed => new(
            ErrorTable.MethodNotAllowed,
            $"{context.Request.Path} does not answer to {context.Request.Method}; allowed: {context.Response.Headers.Allow}."),
        StatusCodes.Status413PayloadTooLarge => new(ErrorTable.BodyTooLarge, ErrorTable.BodyTooLarge.Sentence),
        StatusCodes.Status415UnsupportedMediaType => new(ErrorTable.MediaType, ErrorTable.MediaType.Sentence),
        >= 500 => new(ErrorTable.Internal, ErrorTable.Internal.Sentence),
        _ => new(ErrorTable.BadRequest, ErrorTable.BadRequest.Sentence),
    };
}
