namespace PolarGrid.Engine.Llama.Native;

/// <summary>The one version that the structs and imports here describe.</summary>
internal static class NativeVersion
{
    public const string Expected = "0.5.0";

    /// <summary>Whether a library that reports this version has the expected layout. A suffix such as <c>-dev</c> is allowed.</summary>
    public static bool Matches(string reported)
    {
        var number = reported.AsSpan();
        if (number.StartsWith("v", StringComparison.Ordinal)) number = number[1..];
        return number.StartsWith(Expected, StringComparison.Ordinal)
            && (number.Length == Expected.Length || !char.IsAsciiDigit(number[Expected.Length]) && number[Expected.Length] != '.');
    }
}
