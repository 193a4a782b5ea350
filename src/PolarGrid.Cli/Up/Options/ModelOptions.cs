using System.CommandLine;
using PolarGrid.Engine.Llama.Running;

namespace PolarGrid.Cli.Up.Options;

/// <summary>Which models are served, and how much room they get.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string[]> models = new("--model")
    {
        Description = "A GGUF file to serve and the name that callers use for it. Repeat for more. Without it: the built-in polar-tiny.",
        HelpName = "NAME=PATH",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> aliases = new("--alias")
    {
        Description = "A further name for a served model, for example gpt-4o-mini=polar-tiny or whisper-1=pocketsphinx. Repeat for more.",
        HelpName = "NAME=MODEL",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int?> threads = new("--threads")
    {
        Description = "Threads that compute, 1 to 512. Without it: one per processor.",
        HelpName = "N",
    };

    private readonly Option<bool> freeThreads = new("--free-threads")
    {
        Description = "Let the kernel choose processors for threads that compute. Without it each has one of its own while there are as many threads as processors (Linux).",
    };

    private readonly Option<int?> context = new("--context")
    {
        Description = "Most tokens of one conversation, prompt and answer together. Without it: what the model was trained for, as far as memory goes.",
        HelpName = "TOKENS",
    };

    private readonly Option<int?> kvTokens = new("--kv-tokens")
    {
        Description = "Tokens that all conversations of a model may keep in memory together. Without it: sized to the machine.",
        HelpName = "TOKENS",
    };

    private readonly Option<KvLayout?> kvLayout = new("--kv-layout")
    {
        Description = "shared: conversations fill one cache, a common beginning is kept once. separate: each has its own part, which is faster with many at once. Without it: separate where --kv-tokens is at least --parallel times --context.",
    };

    private readonly Option<int> parallel = new("--parallel")
    {
        Description = "Most answers that a model computes at the same time, 1 to 128; more callers wait in a queue.",
        HelpName = "N",
        DefaultValueFactory = _ => UpSettings.UsualParallel,
    };

    private readonly Option<int> queue = new("--queue")
    {
        Description = "Most requests of a model that wait for their turn, 0 to 100000; one more is refused with 503 and Retry-After.",
        HelpName = "N",
        DefaultValueFactory = _ => UpSettings.UsualQueue,
    };

    private readonly Option<int> draftTokens = new("--draft-tokens")
    {
        Description = "Most tokens that are foretold from a conversation's own text and checked together, 0 to 16; 0 switches it off. Answers that repeat their prompt or themselves come faster; where guesses fail few are computed.",
        HelpName = "N",
        DefaultValueFactory = _ => UpSettings.UsualDraftTokens,
    };

    private readonly Option<bool> embeddings = new("--embeddings")
    {
        Description = "Make room for /v1/embeddings at the start. Without it: at the first request for them.",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[models, aliases, threads, freeThreads, context, kvTokens, kvLayout, parallel, queue, draftTokens, embeddings]) command.Options.Add(option);
    }

    /// <param name="settings">What is known so far.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="mistakes">Gets a sentence for each thing that cannot be read.</param>
    public UpSettings Read(UpSettings settings, ParseResult parsed, List<string> mistakes) => settings with
    {
        Models = ModelArgument.ReadAll(parsed.GetRequiredValue(models), mistakes),
        Aliases = AliasArgument.ReadAll(parsed.GetRequiredValue(aliases), mistakes),
        Threads = parsed.GetValue(threads),
        SeatThreads = !parsed.GetValue(freeThreads),
        ContextTokens = parsed.GetValue(context),
        KvTokens = parsed.GetValue(kvTokens),
        KvLayout = parsed.GetValue(kvLayout),
        Parallel = parsed.GetValue(parallel),
        Queue = parsed.GetValue(queue),
        DraftTokens = parsed.GetValue(draftTokens),
        Embeddings = parsed.GetValue(embeddings),
    };
}
