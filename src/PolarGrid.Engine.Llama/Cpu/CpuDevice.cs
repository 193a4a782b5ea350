using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Cpu;

/// <summary>
/// The device that the library takes for the processor: its own one in all but one thing, namely that a context made under
/// <see cref="Under"/> has its graphs computed by a <see cref="CpuSwitch"/>. See docs/adr/0008.
/// </summary>
internal static unsafe class CpuDevice
{
    private static readonly ConcurrentDictionary<nint, CpuSwitch> Switches = new();
    private static GgmlBackendDevice* own;
    private static GgmlBackendDevice* library;

    [ThreadStatic]
    private static CpuSwitch? wanted;

    /// <summary>Takes the first place among devices. To be called once, before the library loads its backends.</summary>
    public static void Reserve()
    {
        own = (GgmlBackendDevice*)NativeMemory.AllocZeroed((nuint)sizeof(GgmlBackendDevice));
        NativeBackend.RegisterDevice(own);
    }

    /// <summary>Becomes the image of the processor's device. To be called once, right after the backends were loaded.</summary>
    /// <param name="registry">Of the CPU backend that the library chose.</param>
    public static void Become(nint registry)
    {
        library = NativeBackend.DeviceOf(registry, 0);
        *own = *library;
        own->CreateBackend = &CreateBackend;
    }

    /// <summary>Makes a context whose graphs the switch computes; null: the library does.</summary>
    public static ContextHandle Under(CpuSwitch? cpu, Func<ContextHandle> create)
    {
        wanted = cpu;
        try
        {
            return create();
        }
        finally
        {
            wanted = null;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint CreateBackend(nint device, byte* parameters)
    {
        var made = library->CreateBackend((nint)library, parameters);
        if (made == 0) return made;
        var backend = (GgmlBackend*)made;

        // The library compares a layer's device with that of the backend, and turns fused attention off where they differ.
        backend->Device = device;
        if (wanted is not { IsAttached: false } cpu) return made;
        cpu.Attach(backend);
        Switches[made] = cpu;
        backend->Compute = &Compute;
        backend->Free = &Free;
        return made;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Compute(nint backend, nint graph) => Switches[backend].Compute(graph);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(nint backend)
    {
        Switches.Remove(backend, out var cpu);
        cpu!.Detach();
    }
}
