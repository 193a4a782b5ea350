using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace PolarGrid.Edge.Storage;

/// <summary>Points the SQLite binding at the operating system's own library, which is the one that gets security updates.</summary>
internal static class SystemSqlite
{
    private static readonly Lock Gate = new();
    private static bool ready;

    /// <exception cref="DataFolderException">It is not there; the message says how to install it.</exception>
    public static void EnsureLoaded()
    {
        lock (Gate)
        {
            if (ready) return;
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
            try
            {
                raw.SetProvider(new SQLite3Provider_e_sqlite3());
            }
            catch (DllNotFoundException missing)
            {
                throw new DataFolderException(missing.Message, missing);
            }

            ready = true;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != "e_sqlite3") return 0;
        foreach (var candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, out var handle)) return handle;
        }

        throw new DllNotFoundException(
            $"SQLite was not found (tried {string.Join(", ", Candidates())}). On Debian or Ubuntu: apt-get install libsqlite3-0.");
    }

    private static string[] Candidates() =>
        OperatingSystem.IsWindows() ? ["winsqlite3", "sqlite3", "e_sqlite3"]
        : OperatingSystem.IsMacOS() ? ["/usr/lib/libsqlite3.dylib", "libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];
}
