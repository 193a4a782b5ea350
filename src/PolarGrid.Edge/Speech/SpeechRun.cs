using System.Globalization;
using PolarGrid.Edge.Observability;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Edge.Speech;

/// <summary>
/// Speaks one request's pieces, one turn at the engine each, while somebody else sends what has been spoken. An engine never waits for a
/// reader: the next turn is asked for only when the reader is near enough.
/// </summary>
internal sealed class SpeechRun : IAsyncDisposable
{
    private readonly SpeechPlan plan;
    private readonly PoolTicket<ISynthesizer> ticket;
    private readonly RequestState state;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource leaving;
    private readonly CancellationToken left;
    private readonly long mostSamples;
    private readonly Task speaking;
    private long busy;

    /// <param name="plan">What to say.</param>
    /// <param name="ticket">The request's place; given back when the run is disposed.</param>
    /// <param name="limits">How much and how far ahead.</param>
    /// <param name="state">Of the request.</param>
    /// <param name="time">For what is measured.</param>
    /// <param name="aborted">The caller left.</param>
    public SpeechRun(
        SpeechPlan plan, PoolTicket<ISynthesizer> ticket, SpeechLimits limits, RequestState state, TimeProvider time, CancellationToken aborted)
    {
        this.plan = plan;
        this.ticket = ticket;
        this.state = state;
        this.time = time;
        SampleRate = plan.Model.Description.SampleRate;
        mostSamples = (long)(limits.MaxSeconds * SampleRate);
        Audio = new SpokenAudio((long)(limits.MaxSecondsAhead * SampleRate), time);
        leaving = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        left = leaving.Token;
        speaking = SpeakAsync();
    }

    public int SampleRate { get; }

    public SpokenAudio Audio { get; }

    /// <summary>Why it ended early; to be looked at once <see cref="Audio"/> has ended.</summary>
    public SpeechError? Error { get; private set; }

    /// <summary>From the request's start to the first samples.</summary>
    public TimeSpan? ToFirstAudio { get; private set; }

    public double Seconds => (double)Audio.Added / SampleRate;

    /// <summary>What the engine took over how long the audio is; null while there is none.</summary>
    public double? RealTimeFactor => Audio.Added == 0 ? null : time.GetElapsedTime(0, Interlocked.Read(ref busy)).TotalSeconds / Seconds;

    /// <summary>Ends the speaking at the next chunk and waits until the engine has let go.</summary>
    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await speaking;
        ticket.Dispose();
        leaving.Dispose();
    }

    private async Task SpeakAsync()
    {
        try
        {
            foreach (var piece in plan.Pieces)
            {
                await Audio.RoomAsync(left);
                var (error, stopped) = await ticket.RunAsync((engine, _) => Speak(engine, piece), left);
                if ((stopped ?? error) is not { } failed) continue;
                Error = failed;
                break;
            }

            Error ??= Audio.Added == 0 && !left.IsCancellationRequested ? Silent() : null;
            Audio.End();
        }
        catch (Exception failure)
        {
            // The reader throws it on; the request's middleware knows what to answer.
            Audio.End(failure);
        }
    }

    private SpeechError? Speak(ISynthesizer engine, SpokenPiece piece)
    {
        var started = time.GetTimestamp();
        try
        {
            var error = engine.Speak(piece, Take);
            Audio.Pass();
            return error ?? (Audio.Added > mostSamples ? TooLong() : null);
        }
        finally
        {
            Interlocked.Add(ref busy, time.GetTimestamp() - started);
        }
    }

    private bool Take(ReadOnlySpan<float> samples)
    {
        if (left.IsCancellationRequested) return false;
        if (!samples.IsEmpty) ToFirstAudio ??= time.GetElapsedTime(state.Started);
        Audio.Add(samples);
        return Audio.Added <= mostSamples;
    }

    private SpeechError Silent() => new(
        SpeechStage.Compute, SpeechErrorCode.NothingToSay, $"'{plan.Model.Id}' made no sound of 'input': it has nothing that this voice can speak.");

    private SpeechError TooLong() => new(
        SpeechStage.Compute,
        SpeechErrorCode.InvalidSetting,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The audio is longer than the {(double)mostSamples / SampleRate:0.#} seconds that this server makes for a request. Send a shorter 'input' or a higher 'speed'."));
}
