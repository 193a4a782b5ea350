using System.Text;
using Microsoft.Extensions.Logging;
using PolarGrid.Engine.Grammars;
using PolarGrid.Engine.Logprobs;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Templates;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Running;

/// <summary>A model in this process: prepares requests on the caller's thread and hands them to the loop.</summary>
public sealed class LocalTextEngine : ITextEngine
{
    private readonly IModelRunner runner;
    private readonly ITokenizer tokenizer;
    private readonly TimeProvider time;
    private readonly PromptBuilder prompts;
    private readonly GrammarCompiler grammars;
    private readonly EngineMetrics metrics;
    private readonly EngineLoop loop;
    private bool disposed;

    /// <summary>Starts the loop. The engine disposes the runner.</summary>
    /// <param name="toolTemplate">For conversations with tools, where the model has a template of its own for them.</param>
    /// <param name="template">Null for a model without one: chat requests then fail with <see cref="EngineErrorCode.NoChatTemplate"/>.</param>
    public LocalTextEngine(
        ModelDescription model,
        IModelRunner runner,
        ITokenizer tokenizer,
        ChatTemplate? template,
        SchedulerOptions options,
        TimeProvider time,
        ILogger<LocalTextEngine> logger,
        ChatTemplate? toolTemplate = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(model.ContextTokens, runner.Capacity.SequenceTokens);
        Model = model;
        this.runner = runner;
        this.tokenizer = tokenizer;
        this.time = time;
        prompts = new PromptBuilder(model, tokenizer, template, time, toolTemplate);
        grammars = new GrammarCompiler(tokenizer);
        metrics = new EngineMetrics(model.Id);
        loop = new EngineLoop(runner, tokenizer, model.ContextTokens, options, metrics, time, logger, model.Id);
        loop.Start();
    }

    public ModelDescription Model { get; }

    public EngineStatus Status => loop.Status;

    public GenerationStream Submit(GenerationRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Choices, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Choices, Model.MaxChoices);
        ArgumentOutOfRangeException.ThrowIfNegative(request.Thinking?.Tokens ?? 0);
        ArgumentOutOfRangeException.ThrowIfNegative(request.TopLogprobs ?? 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.TopLogprobs ?? 0, GenerationRequest.MostTopLogprobs);
        var submitted = time.GetTimestamp();
        if (request.Sampling.Check(Model.VocabularySize) is { } invalid) return GenerationStream.Failed(invalid);
        CompiledOutput? output = null;
        if (request.Grammar is { } grammar)
        {
            (output, var unusable) = grammars.Compile(grammar);
            if (output is null) return GenerationStream.Failed(unusable!);
        }

        var (tokens, opened, error) = prompts.Build(request);
        if (tokens is null) return GenerationStream.Failed(error!);
        var (maxTokens, tooLong) = ContextCheck.AnswerTokens(Model.ContextTokens, tokens.Length, request);
        if (tooLong is not null) return GenerationStream.Failed(tooLong);

        var stream = new GenerationStream { CancelRequested = loop.NoteCancellation, OpensInThinking = opened };
        var group = new SequenceGroup(request, stream, [.. request.Stop.Select(Encoding.UTF8.GetBytes)])
        {
            SubmittedAt = submitted,
            OpensInThinking = opened,
            StopUntil = [.. request.StopUntil.Select(Encoding.UTF8.GetBytes)],
            ShownTokens = Shown(request.ShownTokens),
            PromptLogprobs = request is { EchoPrompt: true, TopLogprobs: { } top }
                ? new PromptLogprobs(tokens.Length, Math.Min(top, Model.VocabularySize))
                : null,
        };
        var ends = request.Thinking is { } budget ? prompts.EndsOf(budget.Markers) : null;
        for (var choice = 0; choice < request.Choices; choice++)
        {
            group.Choices.Add(new Sequence(group, choice, tokens, maxTokens)
            {
                Constraint = output is null ? null : grammars.Start(output, group.ShownTokens),
                Thinking = ends is null ? null : new ThinkingMeter(request.Thinking!, ends, opened),
            });
        }

        if (loop.TrySubmit(group) is { } refused) return GenerationStream.Failed(refused);

        // After submitting: a token that has fired already must reach a loop that knows the request.
        cancellationToken.UnsafeRegister(static state => ((GenerationStream)state!).Cancel(), stream);
        return stream;
    }

    private Dictionary<int, byte[]>? Shown(IReadOnlyList<string> texts)
    {
        Dictionary<int, byte[]>? shown = null;
        foreach (var token in tokenizer.SpecialTokens)
        {
            if (texts.Contains(token.Text)) (shown ??= [])[token.Id] = Encoding.UTF8.GetBytes(token.Text);
        }

        return shown;
    }

    /// <summary>Ends all streams, stops the loop, frees the context.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        await Task.Run(loop.Dispose);
        runner.Dispose();
        (tokenizer as IDisposable)?.Dispose();
        metrics.Dispose();
    }
}
