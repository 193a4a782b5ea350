using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Native;

namespace PolarGrid.Engine.Sherpa.Speaking;

/// <summary>
/// The weights of one voice model, shared by all of its engines: the library computes for several callers at once, each on its own thread.
/// </summary>
internal sealed class LoadedVoice(SherpaModel model, SherpaOptions options) : LoadedModel<TtsHandle>(model, "voice model")
{
    protected override unsafe TtsHandle Create()
    {
        using var text = new NativeText();
        var config = TtsConfigBuilder.Build(Model, options, text);
        return NativeTts.Create(&config);
    }
}
