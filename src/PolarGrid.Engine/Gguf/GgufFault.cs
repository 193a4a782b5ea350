namespace PolarGrid.Engine.Gguf;

/// <summary>Ends an inspection. Never leaves this folder: <see cref="GgufFile"/> turns it into its <see cref="GgufError"/>.</summary>
internal sealed class GgufFault(string message, long offset, string remedy) : Exception(message)
{
    public const string Damaged = "The file is damaged or incomplete: download or convert it again.";
    public const string Converter = "The program that wrote the file made a mistake: convert the model again with a current converter.";

    public GgufError Error { get; } = new(message, offset, remedy);

    public static GgufFault Corrupt(string message, long offset) => new(message, offset, Damaged);

    public static GgufFault Inconsistent(string message, long offset) => new(message, offset, Converter);
}
