using PolarGrid.Engine.Classic.Native;
using PolarGrid.Testing;
using Xunit;

namespace PolarGrid.Engine.Classic.Tests.Native;

/// <summary>
/// Pins every struct that crosses the border. The numbers were printed by a C program of <c>sizeof</c> and <c>offsetof</c> lines,
/// compiled by gcc for x86-64 against the headers of flite 2.2 and of sphinxbase 0.8+5prealpha; arm64 Linux has the same rules.
/// </summary>
public sealed class LayoutTests
{
    [Fact]
    public void Cst_utterance() => NativeLayout.Check<CstUtterance>(32, ("Features", 0), ("FeatureFunctions", 8), ("Relations", 16), ("Context", 24));

    [Fact]
    public void Cst_voice() => NativeLayout.Check<CstVoice>(32, ("Name", 0), ("Features", 8), ("FeatureFunctions", 16), ("InitUtterance", 24));

    [Fact]
    public void Cst_wave() => NativeLayout.Check<CstWave>(32, ("Type", 0), ("SampleRate", 8), ("SampleCount", 12), ("Channels", 16), ("Samples", 24));

    [Fact]
    public void Cst_audio_streaming_info() => NativeLayout.Check<CstAudioStreamingInfo>(
        40, ("MinBufferSize", 0), ("Callback", 8), ("Utterance", 16), ("Item", 24), ("UserData", 32));

    // feat_t goes on behind the last field here: it is 144 bytes.
    [Fact]
    public void Sphinx_feature() => NativeLayout.Check<SphinxFeature>(
        96,
        ("References", 0), ("Name", 8), ("CepstrumSize", 16), ("Streams", 20), ("StreamLengths", 24), ("WindowSize", 32), ("Subvectors", 36),
        ("SubvectorLengths", 40), ("SubvectorTable", 48), ("SubvectorBuffer", 56), ("SubvectorSize", 64), ("MeanNormalisationType", 68),
        ("VarianceNormalisation", 72), ("GainControlType", 76), ("Compute", 80), ("MeanNormalisation", 88));

    [Fact]
    public void Every_struct_of_the_border_is_pinned_here() =>
        NativeLayout.EveryStructIsPinned<CstWave>(typeof(LayoutTests));
}
