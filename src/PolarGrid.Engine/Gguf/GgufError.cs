namespace PolarGrid.Engine.Gguf;

/// <summary>Why a file is not a model that can be loaded.</summary>
/// <param name="Message">One sentence naming the field and its value.</param>
/// <param name="Offset">Byte in the file where the field starts; 0 when the file as a whole is meant.</param>
/// <param name="Remedy">One sentence: what the person who owns the file can do.</param>
public sealed record GgufError(string Message, long Offset, string Remedy)
{
    public override string ToString() => $"{Message} (at byte {Offset}) {Remedy}";
}
