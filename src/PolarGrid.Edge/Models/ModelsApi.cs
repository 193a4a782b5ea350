using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Models;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Streaming;

namespace PolarGrid.Edge.Models;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>; an id may contain slashes.</summary>
internal sealed class ModelsApi(IModelDirectory directory, ISpeechDirectory speech, ModelErrors errors)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", (RequestDelegate)ListAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), EndpointDescriptions.ListModels);
        routes.MapGet("/v1/models/{**id}", (RequestDelegate)ShowAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), EndpointDescriptions.ShowModel);
    }

    private Task ListAsync(HttpContext context)
    {
        ModelCard[] cards = [.. directory.Models.Select(ModelCards.Of), .. speech.Synthesizers.Select(ModelCards.Of), .. speech.Transcribers.Select(ModelCards.Of)];
        return JsonBody.WriteAsync(context, new ModelList { Data = cards }, WireJson.Wire.ModelList);
    }

    private Task ShowAsync(HttpContext context)
    {
        // The server leaves an escaped slash in a path as it is, and clients escape ids.
        var id = (context.GetRouteValue("id") as string ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return Find(id) is { } card
            ? JsonBody.WriteAsync(context, card, WireJson.Wire.ModelCard)
            : ErrorWriter.WriteAsync(context, errors.Unknown(id));
    }

    private ModelCard? Find(string name) =>
        directory.TryFind(name, out var model) ? ModelCards.Of(model)
        : speech.TryFindSynthesizer(name, out var voices) ? ModelCards.Of(voices)
        : speech.TryFindTranscriber(name, out var recogniser) ? ModelCards.Of(recogniser)
        : null;
}
