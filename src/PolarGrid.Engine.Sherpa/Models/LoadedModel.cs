using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>The weights of one model, loaded once and shared by its engines. Freed with the last engine, loaded anew for the next.</summary>
/// <param name="model">What is loaded.</param>
/// <param name="kind">What messages call it.</param>
/// <remarks>All members are safe to call from any thread.</remarks>
internal abstract class LoadedModel<THandle>(SherpaModel model, string kind)
    where THandle : SafeHandle
{
    private int users;

    protected SherpaModel Model => model;

    protected Lock Gate { get; } = new();

    /// <summary>Null while no engine has it. Read under <see cref="Gate"/>.</summary>
    protected THandle? Handle { get; private set; }

    /// <exception cref="SherpaLoadException">The library refused the model.</exception>
    public THandle Take()
    {
        lock (Gate)
        {
            Handle ??= Load();
            users++;
            return Handle;
        }
    }

    public void Return()
    {
        lock (Gate)
        {
            if (--users > 0) return;
            Handle?.Dispose();
            Handle = null;
        }
    }

    /// <summary>Asks the library, under <see cref="Gate"/>.</summary>
    /// <returns>An invalid handle where it refused.</returns>
    protected abstract THandle Create();

    private THandle Load()
    {
        SherpaLibrary.Require();
        model.RequireUnchanged();
        var made = Create();
        if (!made.IsInvalid) return made;
        made.Dispose();
        throw new SherpaLoadException($"The library refused the {kind} '{model.Name}' in {model.Folder}.");
    }
}
