using PolarGrid.Engine.Memory;

namespace PolarGrid.Engine.Tests.Memory;

public sealed class SlotSetTests
{
    [Fact]
    public void Holds_every_slot_of_the_library_in_ascending_order()
    {
        SlotSet set = default;
        int[] slots = [255, 0, 63, 64, 128, 1];
        foreach (var slot in slots) set.Add(slot);
        List<int> found = [];
        foreach (var slot in set) found.Add(slot);
        Assert.Equal(slots.Order(), found);
        foreach (var slot in slots) set.Remove(slot);
        Assert.True(set.IsEmpty);
    }
}
