using Microsoft.Extensions.Logging;
using PolarGrid.Edge.Models;
using PolarGrid.Engine;
using PolarGrid.Engine.Embeddings;
using PolarGrid.Engine.Llama;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Templates;
using PolarGrid.Engine.Tools;

namespace PolarGrid.Cli.Up;

/// <summary>Loads models and owns their engines.</summary>
internal sealed class ModelHost(LlamaBackend backend, UpSettings settings, TimeProvider time, ILoggerFactory logging) : IAsyncDisposable
{
    private const int MostChoices = 8;

    private readonly List<(LocalTextEngine Engine, ITextEmbedder? Embedder, LlamaModel Model)> loaded = [];

    /// <summary>Loads one model and registers it with its aliases.</summary>
    /// <exception cref="ModelLoadException">The file is not a usable model, or its context does not fit.</exception>
    public ModelDescription Load(ModelArgument argument, IModelDirectory directory, IProgress<float>? progress, CancellationToken cancellationToken)
    {
        var model = LlamaModelLoader.Load(backend, argument.Path, new LlamaModelOptions(), progress, cancellationToken);
        LlamaRunner? runner = null;
        try
        {
            var sizing = EngineSizing.For(model.Info, settings, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
            var options = new SchedulerOptions { MaxRunning = settings.Parallel, MaxWaiting = settings.Queue };
            runner = model.CreateRunner(
                new LlamaRunnerOptions
                {
                    Threads = settings.Threads,
                    KvTokens = sizing.KvTokens,
                    KvLayout = sizing.Layout,
                    Sequences = sizing.Sequences,
                },
                time);
            var template = ReadTemplate(argument, model.Info.ChatTemplate);
            var toolTemplate = template is null ? null : ReadTemplate(argument, model.Info.ToolChatTemplate);
            var description = model.Describe(argument.Name, runner, sizing.ContextTokens, Math.Min(MostChoices, settings.Parallel)) with
            {
                Template = TraitsOf(template, toolTemplate),
            };
            var engine = new LocalTextEngine(
                description, runner, model.Tokenizer, template, options, time, logging.CreateLogger<LocalTextEngine>(), toolTemplate);
            var embedder = CreateEmbedder(argument.Name, model);
            loaded.Add((engine, embedder, model));
            directory.Register(engine, embedder, [.. settings.Aliases.Where(alias => alias.Model == argument.Name).Select(alias => alias.Name)]);
            return description;
        }
        catch
        {
            if (loaded.TrueForAll(other => other.Model != model))
            {
                runner?.Dispose();
                model.Dispose();
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (engine, embedder, model) in loaded)
        {
            await engine.DisposeAsync();
            if (embedder is not null) await embedder.DisposeAsync();
            model.Dispose();
        }

        loaded.Clear();
    }

    private LocalTextEmbedder? CreateEmbedder(string name, LlamaModel model) => model.Embedder is not { } description
        ? null
        : new LocalTextEmbedder(
            description,
            model.Tokenizer,
            () => model.CreateEmbeddingRunner(settings.Threads),
            new EmbedderOptions { StartAtOnce = settings.Embeddings },
            name,
            time,
            logging.CreateLogger<LocalTextEmbedder>());

    /// <summary>Of the template for plain conversations; how calls are written, the one for tools says.</summary>
    private static TemplateTraits TraitsOf(ChatTemplate? template, ChatTemplate? toolTemplate)
    {
        if (template is null) return TemplateTraits.Plain;
        var traits = TemplateReader.Read(template);
        if (toolTemplate is null) return traits;
        var tools = TemplateReader.Read(toolTemplate);
        return traits with { Tools = tools.Tools, OneCallPerMessage = tools.OneCallPerMessage };
    }

    private static ChatTemplate? ReadTemplate(ModelArgument argument, string? source)
    {
        if (source is null) return null;
        var parsed = ChatTemplate.Parse(source);
        return parsed.Succeeded
            ? parsed.Value
            : throw new ModelLoadException($"{argument.Path} carries a chat template that cannot be read: {parsed.Error}");
    }
}
