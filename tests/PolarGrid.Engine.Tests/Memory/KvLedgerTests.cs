using PolarGrid.Engine.Memory;

namespace PolarGrid.Engine.Tests.Memory;

public sealed class KvLedgerTests
{
    [Fact]
    public void Shared_cells_count_once_and_are_free_when_the_last_holder_goes()
    {
        var ledger = new KvLedger(3, 100);
        ledger.Append(0, 40);
        ledger.Share(0, 1, 30);
        ledger.Append(1, 5);
        Assert.Equal(45, ledger.Used);

        ledger.Release(0);
        Assert.Equal(35, ledger.Used);

        ledger.Release(1);
        Assert.Equal(0, ledger.Used);
    }

    [Fact]
    public void Appending_beyond_capacity_is_a_bug()
    {
        var ledger = new KvLedger(1, 10);
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.Append(0, 11));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Agrees_with_cells_counted_one_by_one(int seed)
    {
        const int slots = 12, capacity = 500;
        var random = new Random(seed);
        var ledger = new KvLedger(slots, capacity);
        var cells = Enumerable.Range(0, slots).Select(_ => new List<object>()).ToArray();
        for (var step = 0; step < 20_000; step++)
        {
            var slot = random.Next(slots);
            var other = random.Next(slots);
            switch (random.Next(4))
            {
                case 0 when ledger.Free > 0:
                    var count = random.Next(1, Math.Min(20, ledger.Free) + 1);
                    ledger.Append(slot, count);
                    cells[slot].AddRange(Enumerable.Range(0, count).Select(_ => new object()));
                    break;
                case 1 when cells[slot].Count == 0 && cells[other].Count > 0:
                    var shared = random.Next(1, cells[other].Count + 1);
                    ledger.Share(other, slot, shared);
                    cells[slot].AddRange(cells[other].Take(shared));
                    break;
                case 2:
                    var keep = random.Next(cells[slot].Count + 1);
                    ledger.Truncate(slot, keep);
                    cells[slot].RemoveRange(keep, cells[slot].Count - keep);
                    break;
                case 3 when random.Next(3) == 0:
                    ledger.Release(slot);
                    cells[slot].Clear();
                    break;
            }

            Assert.Equal(cells.SelectMany(held => held).Distinct().Count(), ledger.Used);
            Assert.Equal(cells[slot].Count, ledger.Length(slot));
            SlotSet some = default;
            some.Add(slot);
            some.Add(other);
            Assert.Equal(cells[slot].Concat(cells[other]).Distinct().Count(), ledger.CellsHeldBy(some));
        }
    }
}
