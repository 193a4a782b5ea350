using System.Diagnostics;
using Microsoft.Extensions.Logging;
using PolarGrid.Engine.Llama.Cpu;
using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama;

/// <summary>The native library of this process: found, checked and started once.</summary>
/// <remarks>The library keeps process-wide state and is never unloaded. Safe to call from any thread.</remarks>
public sealed partial class LlamaBackend
{
    private static readonly Lock Gate = new();
    private static LlamaBackend? started;

    private LlamaBackend(string folder, string version, string cpuVariant, CpuBuild? otherCpuBuild, string systemInfo)
    {
        OtherCpuBuild = otherCpuBuild;
        LibraryFolder = folder;
        Version = version;
        CpuVariant = cpuVariant;
        SystemInfo = systemInfo;
    }

    /// <summary>Where the libraries were found.</summary>
    public string LibraryFolder { get; }

    /// <summary>As libllama reports it.</summary>
    public string Version { get; }

    /// <summary>The build of the CPU backend that suits this machine best, for example <c>haswell</c> (AVX2).</summary>
    public string CpuVariant { get; }

    /// <summary>Another build of the CPU backend that may be quicker for passes over few rows; null where none is worth trying.</summary>
    internal CpuBuild? OtherCpuBuild { get; }

    /// <summary>The features that the chosen backends use, one line.</summary>
    public string SystemInfo { get; }

    /// <summary>Starts the library on the first call; later calls return the same object and only replace the logger.</summary>
    /// <param name="libraryFolder">
    /// Where to look; null to use the environment variable <c>POLARGRID_NATIVE_PATH</c>, else the application's own folder.
    /// </param>
    /// <param name="logger">Receives the library's own log too.</param>
    /// <exception cref="NativeLibraryException">Missing or wrong library; the message says what to do.</exception>
    public static LlamaBackend Start(string? libraryFolder, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        lock (Gate)
        {
            if (started is null)
            {
                started = StartOnce(libraryFolder, logger);
                Started(logger, started.Version, started.CpuVariant, started.LibraryFolder);
            }
            else
            {
                NativeLog.Attach(logger);
            }

            return started;
        }
    }

    private static unsafe LlamaBackend StartOnce(string? libraryFolder, ILogger logger)
    {
        var folder = NativeLibraryResolver.Load(libraryFolder);
        string version;
        try
        {
            version = Utf8Pointer.Read(NativeModel.Version()) ?? "";
        }
        catch (EntryPointNotFoundException cause)
        {
            throw new NativeLibraryException($"The native library in {folder} is older than v{NativeVersion.Expected}: it reports no version.", cause);
        }

        if (!NativeVersion.Matches(version))
        {
            throw new NativeLibraryException($"The native library in {folder} is version {version}; v{NativeVersion.Expected} is needed.");
        }

        NativeLog.Attach(logger);
        CpuDevice.Reserve();
        NativeBackend.LoadAll(folder);
        var cpu = NativeBackend.RegistryByName("CPU");
        if (cpu == 0)
        {
            throw new NativeLibraryException($"No CPU backend in {folder} runs on this machine: libggml-cpu-* is missing or does not fit.");
        }

        CpuDevice.Become(cpu);
        NativeBackend.Start();
        var variant = LoadedCpuVariant();
        return new LlamaBackend(folder, version, variant, CpuBuild.Beside(variant, folder), Utf8Pointer.Read(NativeBackend.SystemInfo()) ?? "");
    }

    // ggml keeps to itself which file it chose, so the process's list of modules is asked.
    private static string LoadedCpuVariant()
    {
        using var process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            using (module)
            {
                var name = Path.GetFileNameWithoutExtension(module.ModuleName);
                var start = name.IndexOf("ggml-cpu", StringComparison.Ordinal);
                if (start >= 0) return name.Length > start + 9 ? name[(start + 9)..] : "plain";
            }
        }

        return "unknown";
    }

    [LoggerMessage(EventId = 2100, Level = LogLevel.Information, Message = "llama.cpp {Version} with CPU backend {CpuVariant} from {Folder}")]
    private static partial void Started(ILogger logger, string version, string cpuVariant, string folder);
}
