using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace PolarGrid.Edge;

/// <summary>
/// What connections read into and write from: blocks of 16 KiB in place of Kestrel's 4. It reads a block at a time, two calls of the system
/// for each, so a recording comes in with a quarter of them. A connection that waits holds no block.
/// </summary>
/// <remarks>Safe from any thread. A block is given out once at a time and never to anybody but connections.</remarks>
internal sealed class ConnectionMemory : MemoryPool<byte>
{
    public const int BlockBytes = 16 * 1024;

    /// <summary>Idle blocks that are kept: 8 MiB.</summary>
    private const int MostKept = 512;

    private readonly ConcurrentQueue<Block> kept = new();
    private bool disposed;

    /// <summary>Whoever wants more at once takes it elsewhere.</summary>
    public override int MaxBufferSize => BlockBytes;

    /// <returns>A whole block, whatever is asked.</returns>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        if (!kept.TryDequeue(out var block)) block = new Block(this);
        block.GiveOut();
        return block;
    }

    protected override void Dispose(bool disposing)
    {
        Volatile.Write(ref disposed, true);
        kept.Clear();
    }

    private void Return(Block block)
    {
        if (!Volatile.Read(ref disposed) && kept.Count < MostKept) kept.Enqueue(block);
    }

    /// <summary>Makes one for each listener.</summary>
    internal sealed class Factory : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new ConnectionMemory();
    }

    private sealed class Block(ConnectionMemory pool) : IMemoryOwner<byte>
    {
        // Sockets would otherwise pin it for each call.
        private readonly Memory<byte> memory = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);
        private int isOut;

        public Memory<byte> Memory => Volatile.Read(ref isOut) == 1 ? memory : throw new ObjectDisposedException(nameof(ConnectionMemory));

        public void GiveOut() => Volatile.Write(ref isOut, 1);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isOut, 0) == 1) pool.Return(this);
        }
    }
}
