namespace PolarGrid.Engine.Tests.Gguf;

/// <summary>A value written as it is, for types and lengths that no sound file has.</summary>
internal sealed record RawValue(uint Type, byte[] Bytes);
