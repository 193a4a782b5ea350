using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Native;

namespace PolarGrid.Engine.Sherpa.Speaking;

/// <summary>
/// The weights of one voice model, loaded once and shared by all of its engines: the library computes for several callers at once, each
/// on its own thread. Freed with the last engine, loaded anew for the next.
/// </summary>
/// <remarks>All members are safe to call from any thread.</remarks>
internal sealed class LoadedVoice(SherpaModel model, SherpaOptions options)
{
    private readonly Lock gate = new();
    private TtsHandle? handle;
    private int users;

    /// <exception cref="SherpaLoadException">The library refused the model.</exception>
    public TtsHandle Take()
    {
        lock (gate)
        {
            handle ??= Load();
            users++;
            return handle;
        }
    }

    public void Return()
    {
        lock (gate)
        {
            if (--users > 0) return;
            handle?.Dispose();
            handle = null;
        }
    }

    private unsafe TtsHandle Load()
    {
        SherpaLibrary.Require();
        model.RequireUnchanged();
        using var text = new NativeText();
        var config = TtsConfigBuilder.Build(model, options, text);
        var loaded = NativeTts.Create(&config);
        if (loaded.IsInvalid)
        {
            loaded.Dispose();
            throw new SherpaLoadException($"The library refused the voice model '{model.Name}' in {model.Folder}.");
        }

        return loaded;
    }
}
