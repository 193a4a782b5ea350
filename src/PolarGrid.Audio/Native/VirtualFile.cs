using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Audio.Native;

/// <summary>
/// A file as libsndfile sees it through its callbacks. What goes wrong in managed code is kept and looks like a file that ends;
/// whoever called the library then calls <see cref="ThrowIfFailed"/>. Nothing is ever thrown through native frames.
/// </summary>
/// <remarks>Used by one thread at a time.</remarks>
internal abstract unsafe class VirtualFile
{
    private ExceptionDispatchInfo? failure;
    private bool abandoned;

    public static VirtualIo Callbacks => new()
    {
        Length = &OnLength, Seek = &OnSeek, Read = &OnRead, Write = &OnWrite, Tell = &OnTell,
    };

    /// <summary>Where the library reads or writes next, 0 or more; it may lie behind the end.</summary>
    protected long Position { get; private set; }

    protected abstract long Length { get; }

    public void ThrowIfFailed() => failure?.Throw();

    /// <summary>From now on what the library writes, as it does when it closes, goes nowhere.</summary>
    public void Abandon() => abandoned = true;

    /// <returns>Bytes read at <see cref="Position"/>, fewer than asked at the end.</returns>
    protected virtual int Read(Span<byte> into) => 0;

    protected virtual void Write(ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    [UnmanagedCallersOnly]
    private static long OnLength(nint user)
    {
        var file = At(user);
        try
        {
            return file.failure is null ? file.Length : 0;
        }
        catch (Exception cause)
        {
            return file.Fail(cause, 0);
        }
    }

    [UnmanagedCallersOnly]
    private static long OnSeek(long offset, int whence, nint user)
    {
        var file = At(user);
        try
        {
            return file.failure is null ? file.Seek(offset, whence) : -1;
        }
        catch (Exception cause)
        {
            return file.Fail(cause, -1);
        }
    }

    [UnmanagedCallersOnly]
    private static long OnRead(byte* into, long count, nint user)
    {
        var file = At(user);
        try
        {
            if (file.failure is not null || into is null || count <= 0) return 0;
            var read = file.Read(new Span<byte>(into, (int)Math.Min(count, int.MaxValue)));
            file.Position += read;
            return read;
        }
        catch (Exception cause)
        {
            return file.Fail(cause, 0);
        }
    }

    [UnmanagedCallersOnly]
    private static long OnWrite(byte* from, long count, nint user)
    {
        var file = At(user);
        try
        {
            if (file.failure is not null || from is null || count is <= 0 or > int.MaxValue) return 0;
            if (!file.abandoned) file.Write(new ReadOnlySpan<byte>(from, (int)count));
            file.Position += count;
            return count;
        }
        catch (Exception cause)
        {
            return file.Fail(cause, 0);
        }
    }

    [UnmanagedCallersOnly]
    private static long OnTell(nint user) => At(user).Position;

    private static VirtualFile At(nint user) => Unsafe.As<VirtualFile>(GCHandle.FromIntPtr(user).Target!);

    private long Seek(long offset, int whence)
    {
        var origin = whence switch { 0 => 0, 1 => Position, 2 => Length, _ => -1 };
        if (origin < 0) return -1;
        var target = (Int128)origin + offset;
        if (target < 0 || target > long.MaxValue) return -1;
        return Position = (long)target;
    }

    private long Fail(Exception cause, long answer)
    {
        failure ??= ExceptionDispatchInfo.Capture(cause);
        return answer;
    }
}
