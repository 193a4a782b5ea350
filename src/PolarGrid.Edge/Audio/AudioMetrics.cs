using System.Diagnostics.Metrics;
using PolarGrid.Edge.Observability;

namespace PolarGrid.Edge.Audio;

/// <summary>What is measured of speech in both directions. Names and units follow OpenTelemetry; every value is labelled with the model.</summary>
internal sealed class AudioMetrics
{
    private static readonly InstrumentAdvice<double> FirstAudioBuckets = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2.5, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<double> FactorBuckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 4],
    };

    public AudioMetrics(IMeterFactory factory, ISpeechDirectory speech)
    {
        var meter = factory.Create(EdgeMetrics.MeterName);
        Characters = meter.CreateCounter<long>("polargrid.speech.characters", "{character}", "Characters of texts that were spoken.");
        SpokenSeconds = meter.CreateCounter<double>("polargrid.speech.seconds", "s", "Audio that was made.");
        HeardSeconds = meter.CreateCounter<double>("polargrid.transcription.seconds", "s", "Audio that was listened to.");
        TimeToFirstAudio = meter.CreateHistogram(
            "polargrid.speech.time_to_first_audio", "s", "Time from first byte in to the first samples.", null, FirstAudioBuckets);
        SpeechFactor = meter.CreateHistogram(
            "polargrid.speech.real_time_factor", "1", "Time the engine took over the length of the audio it made.", null, FactorBuckets);
        TranscriptionFactor = meter.CreateHistogram(
            "polargrid.transcription.real_time_factor", "1", "Time the engine took over the length of the audio it heard.", null, FactorBuckets);
        meter.CreateObservableGauge(
            "polargrid.speech.requests",
            () => speech.Synthesizers.Select(model => Inside(model.Id, model.Engines.Requests))
                .Concat(speech.Transcribers.Select(model => Inside(model.Id, model.Engines.Requests))),
            "{request}",
            "Requests that a speech model serves or that wait for it.");
    }

    public Counter<long> Characters { get; }

    public Counter<double> SpokenSeconds { get; }

    public Counter<double> HeardSeconds { get; }

    public Histogram<double> TimeToFirstAudio { get; }

    public Histogram<double> SpeechFactor { get; }

    public Histogram<double> TranscriptionFactor { get; }

    public void Count(AudioUsage usage, KeyValuePair<string, object?> model)
    {
        if (usage.Characters > 0) Characters.Add(usage.Characters, model);
        if (usage.SpokenSeconds > 0) SpokenSeconds.Add(usage.SpokenSeconds, model);
        if (usage.HeardSeconds > 0) HeardSeconds.Add(usage.HeardSeconds, model);
    }

    private static Measurement<long> Inside(string model, int requests) => new(requests, new KeyValuePair<string, object?>(EdgeMetrics.ModelTag, model));
}
