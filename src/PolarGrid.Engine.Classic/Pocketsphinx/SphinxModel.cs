namespace PolarGrid.Engine.Classic.Pocketsphinx;

/// <summary>The files of an acoustic model, a language model and a dictionary.</summary>
/// <param name="Acoustic">Folder of the acoustic model.</param>
/// <param name="Language">The n-gram model.</param>
/// <param name="Dictionary">Words and how they sound.</param>
internal sealed record SphinxModel(string Acoustic, string Language, string Dictionary)
{
    private const string Package = "pocketsphinx-en-us";
    private static readonly string[] Roots = ["/usr/share/pocketsphinx/model/en-us", "/usr/local/share/pocketsphinx/model/en-us"];

    /// <summary>Finds the US English model. The library ends the process over some files that are absent, so all are looked for here.</summary>
    /// <returns>The model, or one sentence on what is missing.</returns>
    public static (SphinxModel? Model, string? Missing) Find(params ReadOnlySpan<string> roots)
    {
        if (roots.Length == 0) roots = Roots;
        foreach (var root in roots)
        {
            if (!Directory.Exists(root)) continue;
            string[] needed =
            [
                "en-us/mdef", "en-us/means", "en-us/variances", "en-us/transition_matrices", "en-us/sendump", "en-us/feat.params",
                "en-us/noisedict", "en-us.lm.bin", "cmudict-en-us.dict",
            ];
            var lacking = Array.Find(needed, file => !File.Exists(Path.Combine(root, file)));
            return lacking is null
                ? (new SphinxModel(Path.Combine(root, "en-us"), Path.Combine(root, "en-us.lm.bin"), Path.Combine(root, "cmudict-en-us.dict")), null)
                : (null, $"the model in {root} lacks {lacking} (Debian package {Package}).");
        }

        return (null, $"the model {roots[0]} is not installed (Debian package {Package}).");
    }
}
