using PolarGrid.Edge.Audio;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Cli.Up;

/// <summary>Makes the pools of all speech models that can be found, and owns them.</summary>
internal sealed class SpeechHost(UpSettings settings, ISpeechDirectory directory) : IAsyncDisposable
{
    // Speech shares the processors with text; a recogniser instance also has a copy of its model.
    private const int MostDefaultEngines = 4;

    private static readonly string[] VoiceAliases = ["tts-1", "tts-1-hd"];
    private static readonly string[] RecogniserAliases = ["whisper-1"];

    private readonly List<IAsyncDisposable> pools = [];
    private readonly List<string> notes = [];

    /// <summary>For the start report: one line for each model, and one for each that is left out and why.</summary>
    public IReadOnlyList<string> Lines =>
    [
        .. directory.Synthesizers.Select(model => $"{Named(model.Id, model.Aliases)}: speaks with {Some(model.Description.Voices.Select(voice => voice.Id))}"),
        .. directory.Transcribers.Select(model => $"{Named(model.Id, model.Aliases)}: hears {Some(model.Description.Languages)}"),
        .. notes.Select(note => $"left out: {note}"),
    ];

    /// <summary>The names of all speech models.</summary>
    public IReadOnlyList<string> Names =>
        [.. directory.Synthesizers.Select(model => model.Id).Concat(directory.Transcribers.Select(model => model.Id)).Distinct()];

    /// <summary>Registers what the sources have, in their order, with the operator's aliases and OpenAI's names.</summary>
    public void Load(IEnumerable<ISpeechSource> sources)
    {
        if (settings.NoSpeech) return;

        foreach (var offer in sources.SelectMany(source => source.Find()))
        {
            switch (offer)
            {
                case SpeechOffer.Voices { Model: var model, Create: var create }:
                    directory.Register(model, Pool(create, model.Id), Aliases(model.Id, directory.Synthesizers.Count == 0 ? VoiceAliases : []));
                    break;
                case SpeechOffer.Recogniser { Model: var model, Create: var create }:
                    directory.Register(model, Pool(create, model.Id), Aliases(model.Id, directory.Transcribers.Count == 0 ? RecogniserAliases : []));
                    break;
                case SpeechOffer.Missing { Reason: var reason }:
                    notes.Add(reason);
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in pools) await pool.DisposeAsync();
        pools.Clear();
    }

    private static string Named(string id, IReadOnlyList<string> aliases) =>
        aliases.Count == 0 ? id : $"{id} (also {string.Join(", ", aliases)})";

    /// <summary>A model may have hundreds.</summary>
    private static string Some(IEnumerable<string> names)
    {
        List<string> all = [.. names];
        return all.Count <= 8 ? string.Join(", ", all) : $"{string.Join(", ", all.Take(7))} and {all.Count - 7} more";
    }

    private List<string> Aliases(string id, string[] usual) =>
    [
        .. settings.Aliases.Where(alias => alias.Model == id).Select(alias => alias.Name),
        .. usual.Where(name => settings.Aliases.All(alias => alias.Name != name)),
    ];

    private EnginePool<TEngine> Pool<TEngine>(Func<TEngine> create, string id)
        where TEngine : class, IDisposable
    {
        var engines = settings.SpeechEngines ?? Math.Clamp(Environment.ProcessorCount, 1, MostDefaultEngines);
        var requests = Math.Min(100_000, engines + settings.Queue);
        var pool = new EnginePool<TEngine>(create, new EnginePoolOptions { Engines = engines, MaxRequests = requests }, id);
        pools.Add(pool);
        return pool;
    }
}
