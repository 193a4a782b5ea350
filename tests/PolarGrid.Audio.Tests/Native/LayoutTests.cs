using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PolarGrid.Audio.Native;
using Shouldly;

namespace PolarGrid.Audio.Tests.Native;

/// <summary>
/// Pins every struct that crosses the border. The numbers were printed by a C program of <c>sizeof</c> and <c>offsetof</c> lines,
/// compiled by gcc for x86-64 against <c>sndfile.h</c> of libsndfile 1.2.0. libsoxr gets no struct: null stands for its defaults.
/// </summary>
public sealed unsafe class LayoutTests
{
    [Fact]
    public void Sound_file_info() => Check<SoundFileInfo>(
        32, ("Frames", 0), ("SampleRate", 8), ("Channels", 12), ("Format", 16), ("Sections", 20), ("Seekable", 24));

    [Fact]
    public void Virtual_io() => Check<VirtualIo>(40, ("Length", 0), ("Seek", 8), ("Read", 16), ("Write", 24), ("Tell", 32));

    [Fact]
    public void Every_struct_of_the_border_is_pinned_here()
    {
        var structs = typeof(VirtualIo).Assembly.GetTypes().Where(type => type is { IsValueType: true, IsEnum: false, IsNested: false }
            && type.Namespace == typeof(VirtualIo).Namespace && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null);
        structs.Select(type => type.Name).Order().ShouldBe([nameof(SoundFileInfo), nameof(VirtualIo)]);
    }

    private static void Check<T>(int size, params (string Field, int Offset)[] fields)
        where T : unmanaged
    {
        sizeof(T).ShouldBe(size);
        var instance = typeof(T).GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);
        instance.Select(field => field.Name).ShouldBe(fields.Select(field => field.Field));
        foreach (var (field, offset) in fields) ((int)Marshal.OffsetOf<T>(field)).ShouldBe(offset, field);
    }
}
