using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Native;

namespace PolarGrid.Engine.Sherpa.Listening;

/// <summary>
/// The weights of one recogniser, loaded once and shared by its engines. Whisper's engines have one each, because language and task are
/// set on the whole recogniser there.
/// </summary>
/// <remarks>All members are safe to call from any thread, <see cref="Configure"/> only where nobody shares.</remarks>
internal sealed class LoadedRecogniser(SherpaModel model, SherpaOptions options)
{
    private readonly Lock gate = new();
    private RecognizerHandle? handle;
    private (string? Language, bool Translate) configured;
    private int users;

    /// <summary>Whether language and task can be chosen for each utterance.</summary>
    public bool IsWhisper => model.Manifest.Kind == SherpaKind.Whisper;

    /// <exception cref="SherpaLoadException">The library refused the model.</exception>
    public RecognizerHandle Take()
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

    /// <summary>Sets Whisper's language and task for what comes next.</summary>
    /// <param name="language">One that the model knows, or null.</param>
    public unsafe void Configure(string? language, bool translate)
    {
        lock (gate)
        {
            if (!IsWhisper || handle is null || configured == (language, translate)) return;
            using var text = new NativeText();
            var config = RecognizerConfigBuilder.Build(model, options, language, translate, text);
            NativeRecognizer.SetConfig(handle, &config);
            configured = (language, translate);
        }
    }

    private unsafe RecognizerHandle Load()
    {
        SherpaLibrary.Require();
        model.RequireUnchanged();
        using var text = new NativeText();
        var config = RecognizerConfigBuilder.Build(model, options, null, false, text);
        var made = NativeRecognizer.Create(&config);
        if (made.IsInvalid)
        {
            made.Dispose();
            throw new SherpaLoadException($"The library refused the recogniser '{model.Name}' in {model.Folder}.");
        }

        configured = (null, false);
        return made;
    }
}
