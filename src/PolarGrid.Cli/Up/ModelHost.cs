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

    private readonly List<(LocalTextEngine? Engine, ITextEmbedder? Embedder, LlamaModel Model)> loaded = [];

    /// <summary>Loads one model and registers it with its aliases.</summary>
    /// <exception cref="ModelLoadException">The file is not a usable model, or its context does not fit.</exception>
    public void Load(ModelArgument argument, IModelDirectory directory, IProgress<float>? progress, CancellationToken cancellationToken)
    {
        var model = LlamaModelLoader.Load(backend, argument.Path, new LlamaModelOptions(), progress, cancellationToken);
        LlamaRunner? runner = null;
        try
        {
            string[] aliases = [.. settings.Aliases.Where(alias => alias.Model == argument.Name).Select(alias => alias.Name)];
            if (model.Info.ReadsOnly)
            {
                LoadEmbedder(argument, model, directory, aliases);
                return;
            }

            var sizing = EngineSizing.For(model.Info, settings, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
            var options = new SchedulerOptions { MaxRunning = settings.Parallel, MaxWaiting = settings.Queue, DraftTokens = settings.DraftTokens };
            runner = model.CreateRunner(
                new LlamaRunnerOptions
                {
                    Threads = settings.Threads,
                    SeatThreads = settings.SeatThreads,
                    KvTokens = sizing.KvTokens,
                    KvLayout = sizing.Layout,
                    Sequences = sizing.Sequences,
                    MeasuresPasses = settings.DraftTokens > 0 || model.HasTwoBuilds,
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
            directory.Register(engine, embedder, aliases);
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
            if (engine is not null) await engine.DisposeAsync();
            if (embedder is not null) await embedder.DisposeAsync();
            model.Dispose();
        }

        loaded.Clear();
    }

    /// <summary>A model that is for embeddings alone. Its context is made at once, so that a lack of memory shows at the start.</summary>
    private void LoadEmbedder(ModelArgument argument, LlamaModel model, IModelDirectory directory, string[] aliases)
    {
        var (runner, reason) = model.CreateEmbeddingRunner(settings.Threads);
        if (runner is null) throw new ModelLoadException($"{argument.Path} cannot be served: {reason}");
        var embedder = CreateEmbedder(argument.Name, model, model.Embedder!, () => (runner, null), atOnce: true);
        loaded.Add((null, embedder, model));
        directory.Register(model.DescribeEmbedder(argument.Name), embedder, aliases);
    }

    private LocalTextEmbedder? CreateEmbedder(string name, LlamaModel model) => model.Embedder is not { } description
        ? null
        : CreateEmbedder(name, model, description, () => model.CreateEmbeddingRunner(settings.Threads), settings.Embeddings);

    private LocalTextEmbedder CreateEmbedder(
        string name, LlamaModel model, EmbedderDescription description, Func<(IEmbeddingRunner? Runner, string? Reason)> create, bool atOnce) =>
        new(description, model.Tokenizer, create, new EmbedderOptions { StartAtOnce = atOnce }, name, time, logging.CreateLogger<LocalTextEmbedder>());

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
