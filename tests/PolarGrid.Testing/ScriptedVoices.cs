using System.Collections.Concurrent;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Testing;

/// <summary>
/// A voice model without a model: each character is a tone of its own, so that audio tells what was said and in which order. A test reads
/// what was asked, and may hold an engine in the middle of a piece or let it fail.
/// </summary>
public sealed class ScriptedVoices
{
    private readonly ConcurrentQueue<SpokenPiece> pieces = new();
    private int running, mostRunning, stopped, chunks;

    public SynthesizerDescription Model { get; init; } = new()
    {
        Id = "test-voice",
        Engine = "script",
        SampleRate = 16_000,
        Voices =
        [
            new Voice("ann", "en-US", VoiceGender.Female), new Voice("bob", "en-US", VoiceGender.Male), new Voice("cyd", "en-GB", VoiceGender.Male),
            new Voice("dora", "de", VoiceGender.Female),
        ],
        Created = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000),
    };

    /// <summary>Every piece that an engine was given, oldest first.</summary>
    public IReadOnlyList<SpokenPiece> Pieces => [.. pieces];

    public int Running => Volatile.Read(ref running);

    /// <summary>Most engines that spoke at the same time.</summary>
    public int MostRunning => Volatile.Read(ref mostRunning);

    /// <summary>Pieces that ended because nobody wanted more.</summary>
    public int Stopped => Volatile.Read(ref stopped);

    /// <summary>Chunks that were handed out.</summary>
    public int Chunks => Volatile.Read(ref chunks);

    /// <summary>Runs on the engine's thread before each chunk, given the piece and the chunk's number from 0; it may wait.</summary>
    public Action<SpokenPiece, int>? BeforeChunk { get; set; }

    /// <summary>What speaking a piece ends with; null is success.</summary>
    public Func<SpokenPiece, SpeechError?> Outcome { get; set; } = _ => null;

    /// <summary>Length of a character's tone at speed 1, in samples.</summary>
    public int SamplesPerCharacter { get; init; } = 320;

    /// <summary>An instance for a pool.</summary>
    public ISynthesizer Create() => new Instance(this);

    /// <summary>The tone of one character.</summary>
    public float[] ToneOf(char character, float speed)
    {
        var tone = new float[(int)(SamplesPerCharacter / speed)];
        var hertz = 200 + (character % 100 * 20);
        for (var at = 0; at < tone.Length; at++) tone[at] = 0.5f * MathF.Sin(2 * MathF.PI * hertz * at / Model.SampleRate);
        return tone;
    }

    private SpeechError? Speak(SpokenPiece piece, AudioSink sink)
    {
        pieces.Enqueue(piece);
        var now = Interlocked.Increment(ref running);
        for (var most = MostRunning; now > most; most = MostRunning) Interlocked.CompareExchange(ref mostRunning, now, most);
        try
        {
            for (var at = 0; at < piece.Text.Length; at++)
            {
                BeforeChunk?.Invoke(piece, at);
                Interlocked.Increment(ref chunks);
                if (sink(ToneOf(piece.Text[at], piece.Speed))) continue;
                Interlocked.Increment(ref stopped);
                return null;
            }

            return Outcome(piece);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private sealed class Instance(ScriptedVoices voices) : ISynthesizer
    {
        public SynthesizerDescription Model => voices.Model;

        public SpeechError? Speak(SpokenPiece piece, AudioSink sink) => voices.Speak(piece, sink);

        public void Dispose()
        {
        }
    }
}
