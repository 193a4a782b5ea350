using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Native;

namespace PolarGrid.Engine.Sherpa.Listening;

/// <summary>
/// The weights of one recogniser, shared by its engines. Whisper's engines have one each, because language and task are set on the whole
/// recogniser there.
/// </summary>
/// <remarks>All members are safe to call from any thread, <see cref="Configure"/> only where nobody shares.</remarks>
internal sealed class LoadedRecogniser(SherpaModel model, SherpaOptions options) : LoadedModel<RecognizerHandle>(model, "recogniser")
{
    private (string? Language, bool Translate) configured;

    /// <summary>Whether language and task can be chosen for each utterance.</summary>
    public bool IsWhisper => Model.Manifest.Kind == SherpaKind.Whisper;

    /// <summary>Sets Whisper's language and task for what comes next.</summary>
    /// <param name="language">One that the model knows, or null.</param>
    /// <param name="translate">Into English.</param>
    public unsafe void Configure(string? language, bool translate)
    {
        lock (Gate)
        {
            if (!IsWhisper || Handle is null || configured == (language, translate)) return;
            using var text = new NativeText();
            var config = RecognizerConfigBuilder.Build(Model, options, language, translate, text);
            NativeRecognizer.SetConfig(Handle, &config);
            configured = (language, translate);
        }
    }

    protected override unsafe RecognizerHandle Create()
    {
        using var text = new NativeText();
        var config = RecognizerConfigBuilder.Build(Model, options, null, false, text);
        configured = (null, false);
        return NativeRecognizer.Create(&config);
    }
}
