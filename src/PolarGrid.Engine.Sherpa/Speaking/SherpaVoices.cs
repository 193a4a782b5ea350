using PolarGrid.Engine.Sherpa.Checks;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Sherpa.Speaking;

/// <summary>One voice model ready to be served: what it is, and engines for a pool.</summary>
/// <remarks>Safe to call from any thread.</remarks>
public sealed class SherpaVoices
{
    private readonly LoadedVoice loaded;
    private readonly VoiceFacts facts;
    private readonly Dictionary<string, SpeakingVoice> voices;

    /// <param name="model">A voice model; nothing is loaded yet.</param>
    /// <param name="options">Checked here.</param>
    public SherpaVoices(SherpaModel model, SherpaOptions options)
    {
        if (model.Facts is not VoiceFacts voice) throw new ArgumentException($"'{model.Name}' is no voice model.", nameof(model));
        _ = options.CheckedThreads;
        facts = voice;
        loaded = new LoadedVoice(model, options);
        var list = VoicesOf(model.Manifest, voice);
        var data = voice.PicksLanguage ? model.Files["data_dir"][0] : null;
        voices = list.ToDictionary(entry => entry.Id, entry => new SpeakingVoice(entry, data is null ? null : EspeakVoice.For(data, entry.Language)));
        Description = new SynthesizerDescription
        {
            Id = model.Name,
            Engine = SherpaManifest.Engine,
            SampleRate = voice.SampleRate,
            Voices = [.. list.Select(entry => new Voice(entry.Id, entry.Language, entry.Gender))],
            Created = model.Manifest.Created ?? File.GetLastWriteTimeUtc(model.Files["model"][0]),
        };
    }

    public SynthesizerDescription Description { get; }

    /// <summary>One engine; loads the weights when it is the only one.</summary>
    /// <exception cref="SherpaLoadException">The library refused the model.</exception>
    /// <exception cref="InvalidOperationException">The libraries are not there.</exception>
    public ISynthesizer Create() => new SherpaSynthesizer(Description, facts, voices, loaded);

    /// <summary>The manifest's voices, else one for each speaker of the model.</summary>
    private static IReadOnlyList<SherpaVoice> VoicesOf(SherpaManifest manifest, VoiceFacts facts) =>
        manifest.Voices.Count > 0
            ? manifest.Voices
            : [.. Enumerable.Range(0, facts.Speakers).Select(speaker => new SherpaVoice(
                facts.Speakers == 1 ? "default" : $"speaker-{speaker}", speaker, manifest.Languages[0], null))];
}

/// <summary>A voice and what the phonemiser is told with it; null: nothing.</summary>
internal sealed record SpeakingVoice(SherpaVoice Entry, string? PhonemeLanguage);
