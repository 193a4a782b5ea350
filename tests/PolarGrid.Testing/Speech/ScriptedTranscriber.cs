using System.Collections.Concurrent;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Testing.Speech;

/// <summary>A recogniser without a model that hears <see cref="Tones"/>. What happens inside it can be watched and steered.</summary>
public sealed class ScriptedTranscriber
{
    private readonly ConcurrentQueue<TranscriptionSettings> begun = new();
    private int open;
    private int finished;
    private int made;

    public TranscriberDescription Model { get; set; } = new()
    {
        Id = "tones",
        Engine = "script",
        SampleRate = 16_000,
        Languages = ["en"],
        GivesWordTimes = true,
        HearsAsItGoes = true,
        MaxUtteranceSeconds = 20,
    };

    /// <summary>What every stretch was begun with, oldest first.</summary>
    public IReadOnlyList<TranscriptionSettings> Begun => [.. begun];

    /// <summary>Utterances that have not been disposed.</summary>
    public int Open => Volatile.Read(ref open);

    /// <summary>Utterances that were heard to their end.</summary>
    public int Finished => Volatile.Read(ref finished);

    /// <summary>Instances that its pools have made.</summary>
    public int Made => Volatile.Read(ref made);

    /// <summary>Called on the engine's thread with each chunk; may wait or throw.</summary>
    public Action? OnChunk { get; set; }

    /// <summary>Changes what a stretch is heard as.</summary>
    public Func<TranscribedPiece, TranscribedPiece> Result { get; set; } = piece => piece;

    /// <param name="engines">Instances.</param>
    /// <param name="maxRequests">Inside at once.</param>
    public EnginePool<ITranscriber> Pool(int engines = 1, int maxRequests = 100) =>
        new(Make, new EnginePoolOptions { Engines = engines, MaxRequests = maxRequests }, Model.Id);

    private ITranscriber Make()
    {
        Interlocked.Increment(ref made);
        return new Instance(this);
    }

    private sealed class Instance(ScriptedTranscriber script) : ITranscriber
    {
        public TranscriberDescription Model => script.Model;

        public IUtterance Begin(TranscriptionSettings settings)
        {
            script.begun.Enqueue(settings);
            Interlocked.Increment(ref script.open);
            return new Utterance(script);
        }

        public void Dispose()
        {
        }
    }

    private sealed class Utterance(ScriptedTranscriber script) : IUtterance
    {
        private readonly ToneReader reader = new(script.Model.SampleRate);

        public void Accept(ReadOnlySpan<float> samples)
        {
            script.OnChunk?.Invoke();
            reader.Add(samples);
        }

        public string Partial() => reader.Text;

        public TranscribedPiece Finish()
        {
            reader.End();
            Interlocked.Increment(ref script.finished);
            return script.Result(new TranscribedPiece
            {
                Text = reader.Text,
                Words = script.Model.GivesWordTimes ? [.. reader.Words().Select(word => new TranscribedWord(word.Text, word.Start, word.End))] : [],
            });
        }

        public void Dispose() => Interlocked.Decrement(ref script.open);
    }
}
