using System.Globalization;
using PolarGrid.Edge.Models;
using PolarGrid.Engine;
using PolarGrid.Engine.Llama;

namespace PolarGrid.Cli.Up;

/// <summary>What a person sees when the server is up: where it listens, what it serves, and a line to try.</summary>
internal static class StartReport
{
    public static void Print(ICollection<string> urls, IReadOnlyList<LoadedModel> models, IReadOnlyList<string> speech, LlamaBackend backend, string? newKey, string dataFolder)
    {
        var url = urls.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        Console.WriteLine($"PolarGrid listens on {string.Join(", ", urls)}");
        Console.WriteLine($"  engine   llama.cpp {backend.Version}, CPU build {backend.CpuVariant}");
        foreach (var model in models) Console.WriteLine($"  model    {Describe(model)}");
        foreach (var line in speech) Console.WriteLine($"  speech   {line}");
        Console.WriteLine($"  data     {dataFolder}");
        if (newKey is not null)
        {
            Console.WriteLine();
            Console.WriteLine("Your API key, shown this once:");
            Console.WriteLine($"  {newKey}");
        }

        Console.WriteLine();
        Console.WriteLine("Try it:");
        Console.WriteLine(Curl(url, models.FirstOrDefault(model => model.Engine is not null) ?? models[0], newKey));
        Console.WriteLine();
    }

    private static string Describe(LoadedModel model)
    {
        var description = model.Description;
        var kind = string.Create(CultureInfo.InvariantCulture, $"{description.Architecture} {description.Parameters / 1e6:0.#}M {description.Quantisation}");
        return $"{model.Id}: {kind}, {(model.Engine is null ? OfEmbedder(description, model.Embedder!.Model) : OfWriter(description))}";
    }

    private static string Curl(string url, LoadedModel model, string? newKey)
    {
        var key = newKey ?? "$POLARGRID_BOOTSTRAP_KEY";
        var (path, body) = model.Engine is null ? ("embeddings", "\"input\":\"What is the capital of France?\"")
            : model.Description.HasChatTemplate
                ? ("chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of France?\"}]")
                : ("completions", "\"prompt\":\"Once upon a time\"");
        return $$"""
              curl {{url}}/v1/{{path}} -H "Authorization: Bearer {{key}}" -H "Content-Type: application/json" \
                -d '{"model":"{{model.Id}}",{{body}}}'
            """;
    }

    private static string OfWriter(ModelDescription model) => string.Create(
        CultureInfo.InvariantCulture,
        $"context {model.ContextTokens} tokens, cache {model.KvTokens} tokens, memory {Mebibytes(model)} MiB{(model.HasChatTemplate ? "" : ", no chat template: completions only")}");

    private static string OfEmbedder(ModelDescription model, EmbedderDescription vectors) => string.Create(
        CultureInfo.InvariantCulture,
        $"embeddings only: {vectors.Dimensions} dimensions, pooling {vectors.Pooling}, at most {vectors.MaxInputTokens} tokens an input, memory {Mebibytes(model)} MiB");

    private static string Mebibytes(ModelDescription model) => (model.MemoryBytes / (1024.0 * 1024)).ToString("0", CultureInfo.InvariantCulture);
}
