using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary>
/// The place in one loaded library's memory where the loader put the address of a function that the library imports (System V ABI, ELF of 64 bits).
/// </summary>
internal static unsafe partial class ImportSlot
{
    private const int LinkMapOfHandle = 2, ProtectRead = 1, ProtectReadWrite = 3;
    private const int TagNames = 5, TagSymbols = 6, TagRelocationBytes = 2, TagRelocations = 23;
    private const uint JumpSlotX64 = 7, JumpSlotArm64 = 1026;

    /// <summary>Points a library's import to another function. Other libraries' imports of the same name stay as they are.</summary>
    /// <param name="library">An open library, never to be closed.</param>
    /// <param name="name">The imported function.</param>
    /// <param name="expected">What the slot must hold now; with anything else in it nothing is changed.</param>
    /// <param name="replacement">A function of the same signature.</param>
    public static bool TryReplace(nint library, string name, nint expected, nint replacement)
    {
        var wanted = RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => JumpSlotX64, Architecture.Arm64 => JumpSlotArm64, _ => 0u };
        if (!OperatingSystem.IsLinux() || wanted == 0 || GetInfo(library, LinkMapOfHandle, out var map) != 0 || map == null) return false;

        var slot = Find(map, name, wanted);
        if (slot == null || *slot != expected) return false;
        var page = (nint)slot & ~(nint)(Environment.SystemPageSize - 1);

        // The loader has made the page read-only once all slots were filled.
        if (Protect(page, (nuint)Environment.SystemPageSize, ProtectReadWrite) != 0) return false;
        Volatile.Write(ref *slot, replacement);
        _ = Protect(page, (nuint)Environment.SystemPageSize, ProtectRead);
        return true;
    }

    private static nint* Find(LinkMap* map, string name, uint wanted)
    {
        byte* names = null;
        Symbol* symbols = null;
        Relocation* relocations = null;
        nuint bytes = 0;
        for (var entry = map->Dynamic; entry->Tag != 0; entry++)
        {
            switch (entry->Tag)
            {
                case TagNames: names = (byte*)Address(map, entry->Value); break;
                case TagSymbols: symbols = (Symbol*)Address(map, entry->Value); break;
                case TagRelocations: relocations = (Relocation*)Address(map, entry->Value); break;
                case TagRelocationBytes: bytes = (nuint)entry->Value; break;
            }
        }

        if (names == null || symbols == null || relocations == null) return null;
        for (nuint at = 0; at < bytes / (nuint)sizeof(Relocation); at++)
        {
            var relocation = relocations[at];
            if ((uint)relocation.Info != wanted) continue;
            var imported = Marshal.PtrToStringUTF8((nint)(names + symbols[relocation.Info >> 32].Name));
            if (imported == name) return (nint*)(map->Base + (nint)relocation.Offset);
        }

        return null;
    }

    /// <summary>Some loaders leave the addresses in the table as the file has them.</summary>
    private static nint Address(LinkMap* map, ulong value) => (nint)value >= map->Base ? (nint)value : map->Base + (nint)value;

    [LibraryImport("libc.so.6", EntryPoint = "dlinfo")]
    private static partial int GetInfo(nint library, int request, out LinkMap* map);

    [LibraryImport("libc.so.6", EntryPoint = "mprotect")]
    private static partial int Protect(nint page, nuint bytes, int protection);

#pragma warning disable CS0649 // Filled by the loader.
    private struct LinkMap
    {
        public nint Base;
        public byte* Path;
        public DynamicEntry* Dynamic;
    }

    private struct DynamicEntry
    {
        public long Tag;
        public ulong Value;
    }

    private struct Symbol
    {
        public uint Name;
        public byte Info, Other;
        public ushort Section;
        public ulong Value, Size;
    }

    private struct Relocation
    {
        public ulong Offset, Info;
        public long Addend;
    }
#pragma warning restore CS0649
}
