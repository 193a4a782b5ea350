using PolarGrid.Edge.Transcription.Listening;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Listening;

public sealed class AudioRoomTests
{
    [Fact]
    public async Task Who_asks_for_more_than_is_free_waits_in_order()
    {
        var room = new AudioRoom(10);
        await room.TakeAsync(6, default);
        var large = room.TakeAsync(8, default);
        var small = room.TakeAsync(1, default);
        small.IsCompleted.ShouldBeFalse();

        room.Give(6);
        await large;
        await small;
        room.Used.ShouldBe(9);
    }

    [Fact]
    public async Task Who_leaves_while_waiting_holds_nobody_up()
    {
        var room = new AudioRoom(10);
        await room.TakeAsync(6, default);
        using var leaving = new CancellationTokenSource();
        var large = room.TakeAsync(8, leaving.Token);
        var small = room.TakeAsync(4, default);
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await large);
        await small;
        room.Used.ShouldBe(10);
    }

    [Fact]
    public async Task More_than_the_room_is_a_mistake() =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await new AudioRoom(10).TakeAsync(11, default));
}
