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
    private readonly List<Func<Task>> slow = [];
    private readonly List<string> notes = [];
    private string? detector;

    /// <summary>For the start report: one line for each model, and one for each that is left out and why.</summary>
    public IReadOnlyList<string> Lines =>
    [
        .. directory.Synthesizers.Select(model => $"{Named(model.Id, model.Aliases)}: speaks with {Some(model.Description.Voices.Select(voice => voice.Id))}"),
        .. directory.Transcribers.Select(model => $"{Named(model.Id, model.Aliases)}: hears {Some(model.Description.Languages)}"),
        .. detector is null ? (string[])[] : [$"{detector}: tells speech from silence"],
        .. notes.Select(note => $"left out: {note}"),
    ];

    /// <summary>The names of all speech models.</summary>
    public IReadOnlyList<string> Names =>
        [.. directory.Synthesizers.Select(model => model.Id).Concat(directory.Transcribers.Select(model => model.Id)).Distinct()];

    /// <summary>Registers what the sources have, in their order, each under its names (<see cref="SpeechNames"/>).</summary>
    public void Load(IEnumerable<ISpeechSource> sources)
    {
        if (settings.NoSpeech) return;

        List<SpeechOffer> offers = [.. sources.SelectMany(source => source.Find())];
        var voices = new SpeechNames(settings.Aliases, VoiceAliases, [.. offers.OfType<SpeechOffer.Voices>().Select(offer => (offer.Model.Id, offer.Aliases))]);
        var recognisers = new SpeechNames(
            settings.Aliases, RecogniserAliases, [.. offers.OfType<SpeechOffer.Recogniser>().Select(offer => (offer.Model.Id, offer.Aliases))]);
        foreach (var offer in offers)
        {
            switch (offer)
            {
                case SpeechOffer.Voices { Model: var model, Create: var create, LoadsSlowly: var isSlow } when voices.Next() is { } aliases:
                    directory.Register(model, Pool(create, model.Id, isSlow), aliases);
                    break;
                case SpeechOffer.Recogniser { Model: var model, Create: var create, LoadsSlowly: var isSlow } when recognisers.Next() is { } aliases:
                    directory.Register(model, Pool(create, model.Id, isSlow), aliases);
                    break;
                case SpeechOffer.Detector { Name: var name, Create: var create } when detector is null:
                    detector = name;
                    directory.CreateDetector = create;
                    break;
                case SpeechOffer.Detector { Name: var name }:
                    notes.Add($"{name}: the voice activity detector {detector} is used; one is enough.");
                    break;
                case SpeechOffer.Missing { Reason: var reason }:
                    notes.Add(reason);
                    break;
            }
        }

        notes.AddRange(voices.Notes);
        notes.AddRange(recognisers.Notes);
    }

    /// <summary>Loads, one after another, the models that a first caller would wait for. Ends early, without a fault, when the host is disposed.</summary>
    public async Task PrepareAsync()
    {
        foreach (var prepare in slow) await prepare();
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

    private EnginePool<TEngine> Pool<TEngine>(Func<TEngine> create, string id, bool isSlow)
        where TEngine : class, IDisposable
    {
        var engines = settings.SpeechEngines ?? Math.Clamp(Environment.ProcessorCount, 1, MostDefaultEngines);
        var requests = Math.Min(100_000, engines + settings.Queue);
        var pool = new EnginePool<TEngine>(create, new EnginePoolOptions { Engines = engines, MaxRequests = requests }, id);
        pools.Add(pool);
        if (isSlow) slow.Add(pool.PrepareAsync);
        return pool;
    }
}
