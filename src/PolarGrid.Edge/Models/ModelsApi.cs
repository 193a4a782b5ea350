using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Models;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Requests;
using PolarGrid.Edge.Streaming;

namespace PolarGrid.Edge.Models;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>; an id may contain slashes.</summary>
internal sealed class ModelsApi(IModelDirectory directory)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", (RequestDelegate)ListAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), EndpointDescriptions.ListModels);
        routes.MapGet("/v1/models/{**id}", (RequestDelegate)ShowAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), EndpointDescriptions.ShowModel);
    }

    /// <summary>The error for a name that nothing is loaded under; it lists what is, so that the next try can succeed.</summary>
    public static ApiError Unknown(IModelDirectory directory, string name)
    {
        var loaded = directory.Models.Count == 0 ? "none" : string.Join(", ", directory.Models.Select(model => model.Id));
        return new(ErrorTable.ModelNotFound, $"The model '{FieldReader.Quote(name)}' is not loaded here. Loaded: {loaded}.", "model");
    }

    private Task ListAsync(HttpContext context) =>
        JsonBody.WriteAsync(context, new ModelList { Data = [.. directory.Models.Select(CardOf)] }, WireJson.Wire.ModelList);

    private Task ShowAsync(HttpContext context)
    {
        // The server leaves an escaped slash in a path as it is, and clients escape ids.
        var id = (context.GetRouteValue("id") as string ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return directory.TryFind(id, out var model)
            ? JsonBody.WriteAsync(context, CardOf(model), WireJson.Wire.ModelCard)
            : ErrorWriter.WriteAsync(context, Unknown(directory, id));
    }

    private static ModelCard CardOf(LoadedModel model)
    {
        var description = model.Engine.Model;
        return new ModelCard
        {
            Id = model.Id,
            Created = description.Created,
            OwnedBy = "polargrid",
            ContextLength = description.ContextTokens,
            Architecture = description.Architecture,
            Quantization = description.Quantisation,
            Parameters = description.Parameters,
            Aliases = model.Aliases,
            Embedding = model.Embedder?.Model is { } vectors
                ? new EmbeddingCard { Dimensions = vectors.Dimensions, MaxInputTokens = vectors.MaxInputTokens, Pooling = vectors.Pooling }
                : null,
        };
    }
}
