using System.Buffers.Binary;

namespace PolarGrid.Audio.Tests.Decoders;

/// <summary>Breaks audio files in the ways that files break, and in those that somebody would choose. The same seed breaks them the same way.</summary>
internal static class Mutator
{
    private static readonly uint[] Tempting = [0, 1, 2, 3, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    /// <param name="files">Whole files; they are not changed.</param>
    /// <param name="seed">Which mutant.</param>
    public static byte[] Mutate(IReadOnlyList<byte[]> files, int seed)
    {
        var random = new Random(seed);
        var file = (byte[])files[random.Next(files.Count)].Clone();
        for (var times = random.Next(1, 4); times > 0; times--) file = Once(files, file, random);
        if (random.Next(2) == 0) RepairOggPages(file);
        return file;
    }

    private static byte[] Once(IReadOnlyList<byte[]> files, byte[] file, Random random)
    {
        if (file.Length < 8) return file;
        switch (random.Next(9))
        {
            case 0:
                return file[..random.Next(file.Length)];
            case 1:
                return file[random.Next(Math.Min(file.Length, 200))..];
            case 2:
                for (var flips = random.Next(1, 40); flips > 0; flips--) file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                return file;
            case 3:
                for (var flips = random.Next(1, 8); flips > 0; flips--) file[Near(file, random)] ^= (byte)(1 << random.Next(8));
                return file;
            case 4:
                random.NextBytes(Range(file, random, 64));
                return file;
            case 5:
                Range(file, random, 2000).Fill((byte)(random.Next(2) * 0xFF));
                return file;
            case 6:
                return Number(file, random);
            case 7:
                var other = files[random.Next(files.Count)];
                return [.. file[..random.Next(file.Length)], .. other[random.Next(other.Length)..]];
            default:
                var from = random.Next(file.Length);
                var to = Math.Min(file.Length, from + random.Next(1, 3000));
                return random.Next(2) == 0 ? [.. file[..from], .. file[to..]] : [.. file[..to], .. file[from..]];
        }
    }

    /// <summary>A number that headers should not hold, of any size and order of bytes.</summary>
    private static byte[] Number(byte[] file, Random random)
    {
        var value = random.Next(3) == 0 ? (uint)random.NextInt64(1L << 32) : Tempting[random.Next(Tempting.Length)];
        var at = file.AsSpan(Math.Min(Near(file, random), file.Length - 8));
        switch (random.Next(5))
        {
            case 0: BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)value); break;
            case 1: BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)value); break;
            case 2: BinaryPrimitives.WriteUInt32LittleEndian(at, value); break;
            case 3: BinaryPrimitives.WriteUInt32BigEndian(at, value); break;
            default: BinaryPrimitives.WriteUInt64LittleEndian(at, (ulong)value << 32 | value); break;
        }

        return file;
    }

    /// <summary>Headers are where it hurts most.</summary>
    private static int Near(byte[] file, Random random) => random.Next(Math.Min(file.Length, random.Next(4) == 0 ? file.Length : 100));

    private static Span<byte> Range(byte[] file, Random random, int most)
    {
        var from = Near(file, random);
        return file.AsSpan(from, Math.Min(file.Length - from, random.Next(1, most)));
    }

    /// <summary>Readers throw away a page whose sum is wrong, so that a broken packet would never reach the codec.</summary>
    private static void RepairOggPages(byte[] file)
    {
        for (var at = 0; at + 27 < file.Length; at++)
        {
            var page = file.AsSpan(at);
            if (page.StartsWith("OggS"u8) && page.Length > 27 + page[26]) OggChecksum.Repair(page);
        }
    }
}
