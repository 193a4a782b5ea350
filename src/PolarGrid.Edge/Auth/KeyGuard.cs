using Microsoft.AspNetCore.Http;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Generation;
using PolarGrid.Edge.Observability;

namespace PolarGrid.Edge.Auth;

/// <summary>
/// Lets nothing pass without a key, except endpoints marked <see cref="OpenToAnyone"/>. Runs after routing and also where no
/// endpoint was found: a stranger does not learn which paths exist.
/// </summary>
internal sealed class KeyGuard(RequestDelegate next, IKeyDirectory keys)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<OpenToAnyone>() is not null) return next(context);

        var browses = endpoint?.Metadata.GetMetadata<OpenToBrowsers>() is not null;
        var refusal = default(ApiError);
        var offered = endpoint?.Metadata.GetMetadata<OpenToSubprotocolKeys>() is not null ? FindOffered(context.Request) : null;
        if ((offered ?? Find(context.Request, browses, out refusal)) is not { } caller)
        {
            context.Response.Headers.WWWAuthenticate = browses ? BasicCredentials.Challenge : "Bearer";
            return ErrorWriter.WriteAsync(context, refusal!);
        }

        var state = RequestState.Of(context);
        state.Caller = caller;
        if (caller.Profile is { } profile && context.Request.Headers[GenerationFlow.ProfileHeader].ToString().Length == 0) state.Profile = profile;

        var needed = endpoint?.Metadata.GetMetadata<RequiredPermission>()?.Permission;
        return endpoint is null || caller.Permission >= (needed ?? KeyPermission.Admin) || IsMethodMismatch(endpoint)
            ? next(context)
            : ErrorWriter.WriteAsync(context, Forbidden(caller, needed ?? KeyPermission.Admin));
    }

    /// <summary>Whose key is among a WebSocket's subprotocols; a header wins.</summary>
    private Caller? FindOffered(HttpRequest request) =>
        request.Headers.Authorization.Count == 0 && SubprotocolKeys.Find(request) is { } key ? keys.Find(key) : null;

    private Caller? Find(HttpRequest request, bool browses, out ApiError refusal)
    {
        refusal = new(ErrorTable.InvalidKey, "No API key was given. Send it as 'Authorization: Bearer pg_…'.");
        var header = request.Headers.Authorization;
        if (header.Count != 1 || string.IsNullOrEmpty(header[0])) return null;

        var value = header[0].AsSpan();
        refusal = refusal with { Message = "The Authorization header must be 'Bearer' and an API key." };
        if (browses && BasicCredentials.Password(value) is { } password) value = Scheme + password;
        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;

        refusal = refusal with { Message = "The API key is not valid here: unknown, mistyped or revoked." };
        return keys.Find(value[Scheme.Length..].Trim());
    }

    /// <summary>Routing answers 405 through an endpoint of its own that carries no route.</summary>
    private static bool IsMethodMismatch(Endpoint endpoint) => endpoint is not Microsoft.AspNetCore.Routing.RouteEndpoint;

    private static ApiError Forbidden(Caller caller, KeyPermission needed) => new(
        ErrorTable.Forbidden, $"This needs a key with the permission '{needed.ToName()}'; yours has '{caller.Permission.ToName()}'.");
}
