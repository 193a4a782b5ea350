using Shouldly;

namespace PolarGrid.Edge.Tests.Hosting;

public sealed class ConnectionMemoryTests
{
    [Fact]
    public void A_block_is_given_out_again_once_it_is_back()
    {
        using var memory = new ConnectionMemory();
        var first = memory.Rent();
        var place = first.Memory;
        place.Length.ShouldBe(ConnectionMemory.BlockBytes);
        first.Dispose();

        using var second = memory.Rent(1);
        second.Memory.Equals(place).ShouldBeTrue();
    }

    [Fact]
    public void A_block_that_is_given_back_twice_goes_to_one_only()
    {
        using var memory = new ConnectionMemory();
        var block = memory.Rent();
        block.Dispose();
        block.Dispose();

        using var one = memory.Rent();
        using var other = memory.Rent();
        one.Memory.Equals(other.Memory).ShouldBeFalse();
    }

    [Fact]
    public void A_block_that_is_back_shows_no_memory()
    {
        using var memory = new ConnectionMemory();
        var block = memory.Rent();
        block.Dispose();

        Should.Throw<ObjectDisposedException>(() => block.Memory);
    }

    [Fact]
    public void More_than_a_block_is_taken_elsewhere()
    {
        using var memory = new ConnectionMemory();

        memory.MaxBufferSize.ShouldBe(ConnectionMemory.BlockBytes);
        Should.Throw<ArgumentOutOfRangeException>(() => memory.Rent(ConnectionMemory.BlockBytes + 1));
    }

    [Fact]
    public async Task Many_threads_never_hold_the_same_block()
    {
        using var memory = new ConnectionMemory();
        await Task.WhenAll(Enumerable.Range(1, 4).Select(number => Task.Run(() =>
        {
            for (var turn = 0; turn < 20_000; turn++)
            {
                using var block = memory.Rent();
                block.Memory.Span.Fill((byte)number);
                if (block.Memory.Span.IndexOfAnyExcept((byte)number) >= 0) throw new InvalidOperationException("Somebody else wrote into it.");
            }
        })));
    }
}
