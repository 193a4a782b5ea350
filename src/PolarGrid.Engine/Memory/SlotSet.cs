using System.Numerics;
using System.Runtime.CompilerServices;

namespace PolarGrid.Engine.Memory;

/// <summary>A set of sequence slots, 0 to 255, in 32 bytes.</summary>
internal struct SlotSet
{
    public const int MostSlots = 256;

    private Words words;

    public readonly bool IsEmpty => (words[0] | words[1] | words[2] | words[3]) == 0;

    public void Add(int slot) => words[slot >> 6] |= 1UL << slot;

    public void Remove(int slot) => words[slot >> 6] &= ~(1UL << slot);

    public readonly bool Contains(int slot) => (words[slot >> 6] & (1UL << slot)) != 0;

    public readonly Enumerator GetEnumerator() => new(this);

    [InlineArray(MostSlots / 64)]
    private struct Words
    {
        private ulong first;
    }

    /// <summary>Goes through the slots in ascending order.</summary>
    public struct Enumerator
    {
        private SlotSet rest;
        private int word;

        internal Enumerator(SlotSet set)
        {
            rest = set;
            Current = -1;
        }

        public int Current { get; private set; }

        public bool MoveNext()
        {
            while (word < MostSlots / 64)
            {
                var bits = rest.words[word];
                if (bits == 0)
                {
                    word++;
                    continue;
                }

                rest.words[word] = bits & (bits - 1);
                Current = (word << 6) + BitOperations.TrailingZeroCount(bits);
                return true;
            }

            return false;
        }
    }
}
