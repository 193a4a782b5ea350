using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Edge.Audio;

/// <summary>Keeps the models in lists that are replaced whole, so that requests read them without a lock.</summary>
internal sealed class SpeechDirectory : ISpeechDirectory
{
    private ImmutableList<SpeechModel<SynthesizerDescription, ISynthesizer>> synthesizers = [];
    private ImmutableList<SpeechModel<TranscriberDescription, ITranscriber>> transcribers = [];
    private Func<float, IVoiceActivityDetector>? createDetector;

    public IReadOnlyList<SpeechModel<SynthesizerDescription, ISynthesizer>> Synthesizers => Volatile.Read(ref synthesizers);

    public IReadOnlyList<SpeechModel<TranscriberDescription, ITranscriber>> Transcribers => Volatile.Read(ref transcribers);

    public void Register(SynthesizerDescription model, EnginePool<ISynthesizer> engines, params IReadOnlyList<string> aliases) =>
        ImmutableInterlocked.Update(ref synthesizers, Add, new SpeechModel<SynthesizerDescription, ISynthesizer>(model.Id, model, engines, [.. aliases]));

    public void Register(TranscriberDescription model, EnginePool<ITranscriber> engines, params IReadOnlyList<string> aliases) =>
        ImmutableInterlocked.Update(ref transcribers, Add, new SpeechModel<TranscriberDescription, ITranscriber>(model.Id, model, engines, [.. aliases]));

    public Func<float, IVoiceActivityDetector>? CreateDetector
    {
        get => Volatile.Read(ref createDetector);
        set => Volatile.Write(ref createDetector, value);
    }

    public bool TryFindSynthesizer(string name, [NotNullWhen(true)] out SpeechModel<SynthesizerDescription, ISynthesizer>? model) =>
        (model = Find(Synthesizers, name)) is not null;

    public bool TryFindTranscriber(string name, [NotNullWhen(true)] out SpeechModel<TranscriberDescription, ITranscriber>? model) =>
        (model = Find(Transcribers, name)) is not null;

    private static SpeechModel<TDescription, TEngine>? Find<TDescription, TEngine>(
        IReadOnlyList<SpeechModel<TDescription, TEngine>> models, string name)
        where TEngine : class, IDisposable => models.FirstOrDefault(model => model.Id == name || model.Aliases.Contains(name));

    private static ImmutableList<SpeechModel<TDescription, TEngine>> Add<TDescription, TEngine>(
        ImmutableList<SpeechModel<TDescription, TEngine>> models, SpeechModel<TDescription, TEngine> model)
        where TEngine : class, IDisposable
    {
        foreach (var name in (string[])[model.Id, .. model.Aliases])
        {
            if (string.IsNullOrWhiteSpace(name) || Find(models, name) is not null)
            {
                throw new ArgumentException($"The speech model name '{name}' is empty or taken by another model.", nameof(model));
            }
        }

        return models.Add(model);
    }
}
