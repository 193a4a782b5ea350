using PolarGrid.Edge;
using PolarGrid.Edge.Limits;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Scheduling;

namespace PolarGrid.Cli.Up;

/// <summary>What the operator asked for.</summary>
internal sealed record UpSettings
{
    public const int UsualParallel = 32, UsualQueue = 256;

    /// <summary>With the newest token sixteen rows: whole blocks are at their best (docs/adr/0007).</summary>
    public const int UsualDraftTokens = SchedulerOptions.MostDraftTokens - 1;

    public const string UsualRegion = "local";

    public required string Urls { get; init; }

    /// <summary>Empty: the built-in model.</summary>
    public IReadOnlyList<ModelArgument> Models { get; init; } = [];

    public IReadOnlyList<AliasArgument> Aliases { get; init; } = [];

    public int? Threads { get; init; }

    /// <summary>Give each compute thread a processor of its own while there are as many of both.</summary>
    public bool SeatThreads { get; init; } = true;

    public int? ContextTokens { get; init; }

    public int? KvTokens { get; init; }

    /// <summary>Null: separate where the cache has a whole context for every running answer, else shared.</summary>
    public KvLayout? KvLayout { get; init; }

    public int Parallel { get; init; } = UsualParallel;

    /// <summary>Most requests of a model that wait.</summary>
    public int Queue { get; init; } = UsualQueue;

    /// <summary>Of each key; 0: no limit.</summary>
    public int RequestsPerMinute { get; init; }

    /// <summary>Most tokens of an answer that are foretold in one step; 0: none.</summary>
    public int DraftTokens { get; init; } = UsualDraftTokens;

    public ApiProfile Profile { get; init; } = ApiProfile.PolarGrid;

    /// <summary>For <c>pg_metadata</c>.</summary>
    public string Region { get; init; } = UsualRegion;

    public bool AllowGrammar { get; init; }

    /// <summary>Refuse fields that no table knows.</summary>
    public bool RejectUnknown { get; init; }

    /// <summary>Make room for embeddings at the start instead of at the first request for them.</summary>
    public bool Embeddings { get; init; }

    /// <summary>Instances of each speech model; null: one per processor, at most four.</summary>
    public int? SpeechEngines { get; init; }

    /// <summary>Threads of one instance of a neural model; null: one.</summary>
    public int? SpeechThreads { get; init; }

    public bool NoSpeech { get; init; }

    public HearingLimits Hearing { get; init; } = new();

    public required LogFormat LogFormat { get; init; }

    /// <summary>Adds a sentence for every number that is out of range and every address that is none.</summary>
    public void Check(List<string> mistakes)
    {
        Range("--threads", Threads, 1, 512, mistakes);
        Range("--context", ContextTokens, 64, 1 << 24, mistakes);
        Range("--kv-tokens", KvTokens, 256, 1 << 24, mistakes);
        Range("--parallel", Parallel, 1, 128, mistakes);
        Range("--draft-tokens", DraftTokens, 0, SchedulerOptions.MostDraftTokens, mistakes);
        (string Option, int? Value, int Least, int Most)[] ofSpeech = 
            [("--speech-engines", SpeechEngines, 1, 64), ("--speech-threads", SpeechThreads, 1, 64), .. Hearing.Ranges];
        foreach (var (option, value, least, most) in ofSpeech)
        {
            Range(option, value, least, most, mistakes);
            if (NoSpeech && value is not null) mistakes.Add($"--no-speech and {option} contradict each other; leave one of them out.");
        }

        Range("--queue", Queue, 0, 100_000, mistakes);
        Range("--requests-per-minute", RequestsPerMinute, RequestRate.Unlimited, RequestRate.Most, mistakes);
        if (KvTokens < ContextTokens)
        {
            mistakes.Add($"--kv-tokens is {KvTokens}, but one conversation may have {ContextTokens} (--context); give at least that many.");
        }

        if (Region.Trim().Length is 0 or > 64) mistakes.Add($"--region is '{Region}'; give a name of 1 to 64 characters, for example yto-01.");

        if (KvLayout == Engine.Llama.Running.KvLayout.Separate && KvTokens is { } cells && ContextTokens is { } context && cells < (long)context * Parallel)
        {
            mistakes.Add(
                $"--kv-layout separate needs a whole context for each answer: --kv-tokens is {cells}, but --parallel {Parallel} times "
                + $"--context {context} is {(long)context * Parallel}. Give at least that many, or take --kv-layout shared.");
        }

        var addresses = Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.Length == 0) mistakes.Add("--urls is empty; give an address such as http://127.0.0.1:8080.");
        foreach (var url in addresses)
        {
            if (!Uri.TryCreate(url.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal), UriKind.Absolute, out var parsed)
                || parsed.Scheme is not ("http" or "https"))
            {
                mistakes.Add($"--urls has '{url}', which is no address such as http://127.0.0.1:8080.");
            }
        }
    }

    private static void Range(string option, int? value, int least, int most, List<string> mistakes)
    {
        if (value < least || value > most) mistakes.Add($"{option} is {value}; it must be between {least} and {most}.");
    }
}

/// <summary>How log lines look.</summary>
internal enum LogFormat
{
    Text,
    Json,
}
