namespace PolarGrid.Engine.Classic.Native;

/// <summary>File names of the libraries; the number at the end is the version of their binary interface.</summary>
internal static class NativeNames
{
    public const string Flite = "libflite.so.1";
    public const string Pocketsphinx = "libpocketsphinx.so.3";
    public const string Sphinxbase = "libsphinxbase.so.3";
}
