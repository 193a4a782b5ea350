using PolarGrid.Engine.Speech.Listening;
using Shouldly;

namespace PolarGrid.Engine.Tests.Speech.Listening;

public sealed class SampleWindowTests
{
    [Fact]
    public void Samples_are_found_by_their_place_in_the_recording_however_much_was_forgotten()
    {
        var random = new Random(3);
        var window = new SampleWindow();
        var next = 0;
        for (var round = 0; round < 2_000; round++)
        {
            window.Append([.. Enumerable.Range(next, random.Next(0, 500)).Select(at => (float)at)]);
            next = (int)window.End;
            window.Forget(random.Next((int)window.Start - 5, next + 5));
            var from = random.NextInt64(window.Start, window.End + 1);
            var slice = window.Slice(from, window.End).Span;
            slice.Length.ShouldBe((int)(window.End - from));
            for (var at = 0; at < slice.Length; at++) slice[at].ShouldBe(from + at);
        }
    }

    [Fact]
    public void What_was_forgotten_cannot_be_asked_for()
    {
        var window = new SampleWindow();
        window.Append(new float[100]);
        window.Forget(50);

        Should.Throw<ArgumentOutOfRangeException>(() => window.Slice(49, 60));
        Should.Throw<ArgumentOutOfRangeException>(() => window.Slice(60, 101));
        window.Slice(50, 100).Length.ShouldBe(50);
    }
}
