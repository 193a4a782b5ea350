using PolarGrid.Engine.Speech;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Classic.Tests;

/// <summary>Nothing is left behind. These run when no other test does: they look at the whole process.</summary>
[Collection(Alone)]
public sealed class MemoryTests
{
    internal const string Alone = "alone in the process";
    private const double SomeMebibytes = 10;

    [ClassicTheory]
    [InlineData("slt")]
    [InlineData("kal16")]
    public void Texts_that_are_spoken_or_stopped_leave_nothing(string voice)
    {
        using var synthesizer = Engines.NewSynthesizer();

        ResidentMemory.GrowthOf(rounds: 150, () =>
        {
            synthesizer.Speak("Good morning.", voice, 4);
            synthesizer.Speak(new SpokenPiece("Good evening, everybody.", voice, 4), _ => false).ShouldBeNull();
        }).ShouldBeLessThan(SomeMebibytes);
    }

    [ClassicFact]
    public void Utterances_leave_nothing()
    {
        using var synthesizer = Engines.NewSynthesizer();
        using var transcriber = Engines.NewTranscriber();
        var speech = synthesizer.Speak("one two three", speed: 2);

        ResidentMemory.GrowthOf(rounds: 40, () => transcriber.Hear(speech)).ShouldBeLessThan(SomeMebibytes);
    }

    [ClassicFact]
    public void Instances_give_their_memory_back()
    {
        // One holds about 90 MiB.
        ResidentMemory.GrowthOf(rounds: 4, () => Engines.NewTranscriber().Dispose()).ShouldBeLessThan(4 * SomeMebibytes);
    }
}

[CollectionDefinition(MemoryTests.Alone, DisableParallelization = true)]
public sealed class MemoryCollection;
