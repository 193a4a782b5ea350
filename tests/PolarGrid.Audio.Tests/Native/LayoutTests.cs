using PolarGrid.Audio.Native;
using PolarGrid.Testing;

namespace PolarGrid.Audio.Tests.Native;

/// <summary>
/// Pins every struct that crosses the border. The numbers were printed by a C program of <c>sizeof</c> and <c>offsetof</c> lines,
/// compiled by gcc for x86-64 against <c>sndfile.h</c> of libsndfile 1.2.0. libsoxr gets no struct: null stands for its defaults.
/// </summary>
public sealed class LayoutTests
{
    [Fact]
    public void Sound_file_info() => NativeLayout.Check<SoundFileInfo>(
        32, ("Frames", 0), ("SampleRate", 8), ("Channels", 12), ("Format", 16), ("Sections", 20), ("Seekable", 24));

    [Fact]
    public void Virtual_io() => NativeLayout.Check<VirtualIo>(40, ("Length", 0), ("Seek", 8), ("Read", 16), ("Write", 24), ("Tell", 32));

    [Fact]
    public void Every_struct_of_the_border_is_pinned_here() =>
        NativeLayout.EveryStructIsPinned<VirtualIo>(typeof(LayoutTests));
}
