using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Structs cross the border as they lie in memory; nothing is converted behind our back.
[assembly: DisableRuntimeMarshalling]

// These are the system's libraries: found where the system's loader looks, never beside the application.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
