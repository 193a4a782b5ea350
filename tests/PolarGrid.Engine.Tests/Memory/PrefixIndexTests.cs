using PolarGrid.Engine.Memory;

namespace PolarGrid.Engine.Tests.Memory;

public sealed class PrefixIndexTests
{
    [Fact]
    public void A_tenant_never_meets_another_tenants_slots()
    {
        var index = new PrefixIndex(4);
        index.Insert("one", 0, [1, 2, 3]);
        List<(int, SlotSet)> steps = [];
        index.Match("two", [1, 2, 3], steps);
        Assert.Empty(steps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Agrees_with_comparing_every_slot(int seed)
    {
        const int slots = 20;
        var random = new Random(seed);
        var index = new PrefixIndex(slots);
        var held = new Dictionary<int, (string Scope, int[] Tokens)>();
        List<(int Depth, SlotSet Slots)> steps = [];
        string[] scopes = ["a", "b"];
        for (var step = 0; step < 20_000; step++)
        {
            var slot = random.Next(slots);
            if (held.Remove(slot))
            {
                index.Remove(slot);
            }
            else
            {
                var tokens = RandomTokens(random);
                held[slot] = (scopes[random.Next(2)], tokens);
                index.Insert(held[slot].Scope, slot, tokens);
            }

            var scope = scopes[random.Next(2)];
            var prompt = RandomTokens(random);
            index.Match(scope, prompt, steps);
            foreach (var (other, entry) in held)
            {
                var expected = entry.Scope == scope ? entry.Tokens.AsSpan().CommonPrefixLength(prompt) : 0;
                var found = steps.Where(at => at.Slots.Contains(other)).Select(at => at.Depth).DefaultIfEmpty(0).Max();
                Assert.Equal(expected, found);
            }

            Assert.Equal(steps.Select(at => at.Depth).Order(), steps.Select(at => at.Depth));
        }
    }

    private static int[] RandomTokens(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(3))];
}
