using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary><c>SherpaOnnxOfflineRecognizerResult</c>, 1.13.8. Arrays of tokens are null or have <see cref="Count"/> entries. Owned by the library.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RecognizerResult
{
    public byte* Text;

    /// <summary>Seconds from the beginning.</summary>
    public float* Timestamps;
    public int Count;
    public byte* Tokens;

    /// <summary>Zero-terminated bytes; a token may be a part of a UTF-8 character.</summary>
    public byte** TokenArray;
    public byte* Json;
    public byte* Language;
    public byte* Emotion;
    public byte* Event;

    /// <summary>Seconds.</summary>
    public float* Durations;

    /// <summary>Natural logarithms.</summary>
    public float* LogProbabilities;
    public float* SegmentTimestamps;
    public float* SegmentDurations;
    public byte* SegmentTexts;
    public byte** SegmentTextArray;
    public int SegmentCount;
}
