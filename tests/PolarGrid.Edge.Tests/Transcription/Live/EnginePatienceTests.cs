using PolarGrid.Edge.Transcription.Live;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Live;

public sealed class EnginePatienceTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Who_sends_as_fast_as_somebody_speaks_always_has_a_second()
    {
        var patience = new EnginePatience(time);
        for (var message = 0; message < 100; message++)
        {
            Wait(patience, 0.2);
            patience.Came(0.2);
        }

        patience.Left.TotalSeconds.ShouldBe(1, 1e-6);
    }

    [Fact]
    public void Who_sends_a_trickle_loses_patience_bit_by_bit()
    {
        var patience = new EnginePatience(time);
        Wait(patience, 0.5);
        patience.Came(0.1);
        patience.Left.TotalSeconds.ShouldBe(0.6, 1e-6);
        Wait(patience, 0.9);
        patience.Came(0.1);

        patience.Left.ShouldBe(TimeSpan.Zero);
        patience.Forget();
        patience.Left.TotalSeconds.ShouldBe(1);
    }

    [Fact]
    public void Much_audio_at_once_buys_no_longer_wait()
    {
        var patience = new EnginePatience(time);
        patience.Came(60);

        patience.Left.TotalSeconds.ShouldBe(1);
    }

    private void Wait(EnginePatience patience, double seconds)
    {
        patience.BeginWait();
        time.Advance(TimeSpan.FromSeconds(seconds));
        patience.EndWait();
    }
}
