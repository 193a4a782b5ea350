using System.Diagnostics.CodeAnalysis;
using PolarGrid.Cli.Up;
using PolarGrid.Edge;
using PolarGrid.Edge.Audio;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;
using Shouldly;

namespace PolarGrid.Cli.Tests.Up;

public sealed class SpeechHostTests
{
    private static readonly UpSettings Usual = new()
    {
        Urls = "http://127.0.0.1:8080",
        Models = [],
        Aliases = [],
        Parallel = 32,
        Profile = ApiProfile.PolarGrid,
        LogFormat = LogFormat.Text,
    };

    private readonly ListedSpeech directory = new();

    [Fact]
    public async Task The_first_of_each_kind_gets_the_names_that_clients_ask_for()
    {
        await using var host = Load(Usual, Voices("kokoro"), Voices("flite"), Recogniser("pocketsphinx"));

        directory.Synthesizers[0].Aliases.ShouldBe(["tts-1", "tts-1-hd"]);
        directory.Synthesizers[1].Aliases.ShouldBeEmpty();
        directory.Transcribers[0].Aliases.ShouldBe(["whisper-1"]);
        host.Names.ShouldBe(["kokoro", "flite", "pocketsphinx"]);
        host.Lines.ShouldBe(
        [
            "kokoro (also tts-1, tts-1-hd): speaks with one, two",
            "flite: speaks with one, two",
            "pocketsphinx (also whisper-1): hears en",
        ]);
    }

    [Fact]
    public async Task An_alias_of_the_operator_takes_the_name_from_the_first()
    {
        await using var host = Load(
            Usual with { Aliases = [new AliasArgument("tts-1", "flite"), new AliasArgument("ears", "pocketsphinx")] },
            Voices("kokoro"), Voices("flite"), Recogniser("pocketsphinx"));

        directory.Synthesizers[0].Aliases.ShouldBe(["tts-1-hd"]);
        directory.Synthesizers[1].Aliases.ShouldBe(["tts-1"]);
        directory.Transcribers[0].Aliases.ShouldBe(["ears", "whisper-1"]);
    }

    [Fact]
    public async Task What_is_missing_is_one_line_and_no_failure()
    {
        await using var host = Load(Usual, new SpeechOffer.Missing("flite: not installed (Debian package libflite1)."), Recogniser("pocketsphinx"));

        directory.Synthesizers.ShouldBeEmpty();
        host.Lines.ShouldBe(["pocketsphinx (also whisper-1): hears en", "left out: flite: not installed (Debian package libflite1)."]);
    }

    [Fact]
    public async Task Without_speech_no_source_is_asked()
    {
        await using var host = new SpeechHost(Usual with { NoSpeech = true }, directory);

        host.Load([new Source(() => throw new InvalidOperationException("asked"))]);

        host.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_number_of_engines_bounds_what_runs_at_once()
    {
        await using var host = Load(Usual with { SpeechEngines = 1, Queue = 1 }, Voices("flite"));
        var pool = directory.Synthesizers[0].Engines;

        pool.TryEnter(out var first).ShouldBeNull();
        pool.TryEnter(out var second).ShouldBeNull();
        pool.TryEnter(out _)!.Code.ShouldBe(SpeechErrorCode.QueueFull);
        first!.Dispose();
        second!.Dispose();
    }

    [Fact]
    public async Task The_installed_engines_load_or_say_why_not()
    {
        await using var host = new SpeechHost(Usual, directory);

        host.Load(SpeechSources.All());

        host.Lines.Count(line => line.Contains("flite", StringComparison.Ordinal)).ShouldBe(1);
        host.Lines.Count(line => line.Contains("pocketsphinx", StringComparison.Ordinal)).ShouldBe(1);
    }

    private SpeechHost Load(UpSettings settings, params SpeechOffer[] offers)
    {
        var host = new SpeechHost(settings, directory);
        host.Load([new Source(() => offers)]);
        return host;
    }

    private static SpeechOffer.Voices Voices(string id) => new(
        new SynthesizerDescription { Id = id, Engine = "fake", SampleRate = 16_000, Voices = [new Voice("one", "en"), new Voice("two", "en")] },
        () => throw new InvalidOperationException("no engine is needed"));

    private static SpeechOffer.Recogniser Recogniser(string id) => new(
        new TranscriberDescription { Id = id, Engine = "fake", SampleRate = 16_000, Languages = ["en"], MaxUtteranceSeconds = 30 },
        () => throw new InvalidOperationException("no engine is needed"));

    private sealed class Source(Func<IEnumerable<SpeechOffer>> find) : ISpeechSource
    {
        public IEnumerable<SpeechOffer> Find() => find();
    }

    private sealed class ListedSpeech : ISpeechDirectory
    {
        private readonly List<SpeechModel<SynthesizerDescription, ISynthesizer>> synthesizers = [];
        private readonly List<SpeechModel<TranscriberDescription, ITranscriber>> transcribers = [];

        public IReadOnlyList<SpeechModel<SynthesizerDescription, ISynthesizer>> Synthesizers => synthesizers;

        public IReadOnlyList<SpeechModel<TranscriberDescription, ITranscriber>> Transcribers => transcribers;

        public Func<float, IVoiceActivityDetector>? CreateDetector { get; set; }

        public void Register(SynthesizerDescription model, EnginePool<ISynthesizer> engines, params IReadOnlyList<string> aliases) =>
            synthesizers.Add(new(model.Id, model, engines, aliases));

        public void Register(TranscriberDescription model, EnginePool<ITranscriber> engines, params IReadOnlyList<string> aliases) =>
            transcribers.Add(new(model.Id, model, engines, aliases));

        public bool TryFindSynthesizer(string name, [NotNullWhen(true)] out SpeechModel<SynthesizerDescription, ISynthesizer>? model) =>
            (model = synthesizers.Find(known => known.Id == name)) is not null;

        public bool TryFindTranscriber(string name, [NotNullWhen(true)] out SpeechModel<TranscriberDescription, ITranscriber>? model) =>
            (model = transcribers.Find(known => known.Id == name)) is not null;
    }
}
