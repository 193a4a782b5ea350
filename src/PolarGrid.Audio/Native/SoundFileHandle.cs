using System.Runtime.InteropServices;

namespace PolarGrid.Audio.Native;

/// <summary>An open sound file. Keeps the <see cref="VirtualFile"/> behind it reachable until the library has closed it.</summary>
internal sealed unsafe class SoundFileHandle : SafeHandle
{
    private GCHandle file;

    private SoundFileHandle(GCHandle file)
        : base(0, ownsHandle: true) => this.file = file;

    public override bool IsInvalid => handle == 0;

    /// <param name="file">Called back until the handle is disposed.</param>
    /// <param name="writing">False: read.</param>
    /// <param name="info">For writing, rate, channels and format; for reading, filled in.</param>
    /// <returns>Null when the library does not open it.</returns>
    public static SoundFileHandle? Open(VirtualFile file, bool writing, ref SoundFileInfo info)
    {
        var opened = new SoundFileHandle(GCHandle.Alloc(file));
        var io = VirtualFile.Callbacks;
        fixed (SoundFileInfo* at = &info)
        {
            opened.SetHandle(NativeSoundFile.OpenVirtual(&io, writing ? SoundFileMode.Write : SoundFileMode.Read, at, GCHandle.ToIntPtr(opened.file)));
        }

        if (!opened.IsInvalid) return opened;
        opened.file.Free();
        opened.Dispose();
        return null;
    }

    protected override bool ReleaseHandle()
    {
        _ = NativeSoundFile.Close(handle);
        file.Free();
        return true;
    }
}
