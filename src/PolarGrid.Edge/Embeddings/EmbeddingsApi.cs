using System.Buffers.Binary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Embeddings;
using PolarGrid.Contracts.Shared;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Generation;
using PolarGrid.Edge.Models;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Requests;
using PolarGrid.Edge.Streaming;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Embeddings;

/// <summary><c>POST /v1/embeddings</c>.</summary>
internal sealed class EmbeddingsApi(IModelDirectory models, ModelErrors modelErrors, RequestReader requests, EdgeOptions options, TimeProvider time)
{
    private const int MostTokens = 300_000;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/embeddings", (RequestDelegate)EmbedAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), new Metered(UsageKind.Embedding), EndpointDescriptions.Embeddings);

    private async Task EmbedAsync(HttpContext context)
    {
        var draft = new EmbeddingDraft();
        ITextEmbedder? embedder = null;
        if ((await requests.ReadAsync(context, EmbeddingParameters.Table, draft) ?? Find(context, draft, out embedder)) is { } error)
        {
            await ErrorWriter.WriteAsync(context, error);
            return;
        }

        var state = RequestState.Of(context);
        var request = new EmbeddingRequest { Id = state.RequestId, Inputs = draft.Inputs, MaxTokens = MostTokens };
        var outcome = await EmbedAsync(embedder!, request, state, context.RequestAborted);
        if (outcome.Error is { } failed)
        {
            await ErrorWriter.WriteAsync(context, EngineErrors.ToApiError(failed, outcome.FailedInput is { } input ? draft.PathOf(input) : "input"));
            return;
        }

        await SendAsync(context, draft, outcome, state);
    }

    /// <summary>Counts what was computed, however it ends.</summary>
    private static async Task<EmbeddingOutcome> EmbedAsync(
        ITextEmbedder embedder, EmbeddingRequest request, RequestState state, CancellationToken cancellationToken)
    {
        var tokens = 0;
        try
        {
            var outcome = await embedder.EmbedAsync(request, cancellationToken);
            tokens = outcome.Tokens;
            return outcome;
        }
        catch (EmbeddingCancelledException left)
        {
            tokens = left.Tokens;
            throw;
        }
        finally
        {
            state.Usage = new GenerationUsage(tokens, 0, 0);
        }
    }

    private ApiError? Find(HttpContext context, EmbeddingDraft draft, out ITextEmbedder? embedder)
    {
        embedder = null;
        if (!models.TryFind(draft.Model, out var model)) return modelErrors.Unfit(ModelTask.TextEmbedding, draft.Model);
        RequestState.Of(context).Model = model.Id;
        context.Response.Headers[GenerationFlow.ModelHeader] = model.Id;
        if (model.Embedder is null) return modelErrors.WithoutEmbeddings(draft.Model);
        embedder = model.Embedder;
        var size = embedder.Model.Dimensions;
        if (draft.Dimensions is { } asked && asked != size)
        {
            return new(
                ErrorTable.UnsupportedValue,
                $"'dimensions' is {asked}; this model was not trained to be shortened, its embeddings have {size} dimensions. Leave it out or ask for {size}.",
                "dimensions");
        }

        return TooMany(draft);
    }

    /// <summary>Token lists only, before anybody works on them: the embedder counts texts.</summary>
    private static ApiError? TooMany(EmbeddingDraft draft)
    {
        var tokens = draft.Inputs.Sum(input => input is TokenPrompt list ? (long)list.Tokens.Count : 0);
        return tokens <= MostTokens
            ? null
            : new(ErrorTable.ContextLength, $"'input' has {tokens} tokens together; at most {MostTokens} are allowed in a request.", "input");
    }

    private Task SendAsync(HttpContext context, EmbeddingDraft draft, EmbeddingOutcome outcome, RequestState state)
    {
        var usage = new EmbeddingUsage { PromptTokens = outcome.Tokens, TotalTokens = outcome.Tokens };
        var latency = Math.Round(time.GetElapsedTime(state.Started).TotalMilliseconds, 3);
        var queued = Math.Round(outcome.QueueTime.TotalMilliseconds, 3);
        var metadata = new AnswerMetadata
        {
            Region = options.Region, LatencyMs = latency, QueueTimeMs = queued, InferenceTimeMs = Math.Max(0, Math.Round(latency - queued, 3)),
        };
        if (draft.AsBase64)
        {
            var texts = new EmbeddingList<string>
            {
                Data = [.. outcome.Vectors.Select((vector, index) => new EmbeddingItem<string> { Index = index, Embedding = Base64(vector) })],
                Model = draft.Model,
                Usage = usage,
                PgMetadata = metadata,
            };
            return JsonBody.WriteAsync(context, texts, WireJson.Wire.Base64Embeddings);
        }

        var numbers = new EmbeddingList<IReadOnlyList<float>>
        {
            Data = [.. outcome.Vectors.Select((vector, index) => new EmbeddingItem<IReadOnlyList<float>> { Index = index, Embedding = vector })],
            Model = draft.Model,
            Usage = usage,
            PgMetadata = metadata,
        };
        return JsonBody.WriteAsync(context, numbers, WireJson.Wire.FloatEmbeddings);
    }

    private static string Base64(float[] vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var at = 0; at < vector.Length; at++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at * sizeof(float)), vector[at]);
        return Convert.ToBase64String(bytes);
    }
}
