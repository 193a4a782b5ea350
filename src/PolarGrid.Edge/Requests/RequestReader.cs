using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Generation;
using PolarGrid.Edge.Observability;

namespace PolarGrid.Edge.Requests;

/// <summary>Fills a draft from a request's body by its parameter table.</summary>
internal sealed class RequestReader(EdgeOptions options, BodyReader bodies, EdgeMetrics metrics)
{
    /// <returns>What is wrong with the request; null when the draft is filled.</returns>
    public async ValueTask<ApiError?> ReadAsync<TDraft>(HttpContext context, ParameterTable<TDraft> table, TDraft draft)
        where TDraft : class
    {
        if (UnknownProfile(context.Request) is { } unknown) return unknown;

        var (body, error) = await bodies.ReadAsync(context.Request, context.RequestAborted);
        if (body is null) return error;
        using (body)
        {
            return Read(context, table, body.Root, draft);
        }
    }

    /// <summary>Fills a draft from fields that have been read.</summary>
    public ApiError? Read<TDraft>(HttpContext context, ParameterTable<TDraft> table, JsonElement fields, TDraft draft)
        where TDraft : class
    {
        var reader = new FieldReader(RequestState.Of(context).Profile, options.Limits, options.AllowGrammar);
        var error = table.Read(fields, reader, draft);
        return reader.UnknownNames is { } unknown ? error ?? Report(context, unknown) : error;
    }

    /// <returns>The error of a server that refuses what it does not know; else null, and the answer's header names it.</returns>
    private ApiError? Report(HttpContext context, UnknownNames unknown)
    {
        metrics.UnknownParameters.Add(unknown.Count);
        if (options.RejectUnknownParameters) return new(ErrorTable.UnknownParameter, $"There is no parameter '{unknown.First}'.", unknown.First);
        context.Response.Headers[UnknownNames.Header] = unknown.ToHeader();
        return null;
    }

    /// <summary>What is wrong with the profile that a request names.</summary>
    public static ApiError? UnknownProfile(HttpRequest request)
    {
        var asked = request.Headers[GenerationFlow.ProfileHeader].ToString();
        if (asked.Length == 0 || ApiProfile.Find(asked) is not null) return null;
        var names = string.Join(", ", ApiProfile.All.Select(profile => profile.Name));
        var message = $"There is no profile '{FieldReader.Quote(asked)}'; {GenerationFlow.ProfileHeader} must be one of: {names}.";
        return new(ErrorTable.InvalidValue, message, GenerationFlow.ProfileHeader);
    }
}
