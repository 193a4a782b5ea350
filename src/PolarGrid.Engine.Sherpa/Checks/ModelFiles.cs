using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Onnx;

namespace PolarGrid.Engine.Sherpa.Checks;

/// <summary>The resolved files of one model, read once each.</summary>
internal sealed class ModelFiles(IReadOnlyDictionary<string, IReadOnlyList<string>> paths)
{
    // espeak-ng ends the process when one of these is absent from its folder.
    private static readonly string[] EspeakFiles = ["phontab", "phonindex", "phondata", "intonations"];

    public bool Has(string key) => paths.ContainsKey(key);

    public string Path(string key) => paths[key][0];

    public OnnxModel Onnx(string key) => OnnxFile.Read(Path(key), System.IO.Path.GetFileName(Path(key)));

    public TokenFile Tokens(TokenDialect dialect) => TokenFile.Read(Path("tokens"), dialect);

    /// <summary>Refuses a manifest that lacks what this very model needs.</summary>
    public void Require(string key, string why)
    {
        if (!Has(key)) throw new ModelFault($"{SherpaManifest.FileName}: 'files.{key}' is missing; {why}.");
    }

    /// <summary>Refuses a folder of espeak-ng's data that is not whole.</summary>
    public void RequireEspeak()
    {
        Require("data_dir", "this model is given phonemes, for which it needs a folder espeak-ng-data");
        foreach (var file in EspeakFiles)
        {
            var path = System.IO.Path.Combine(Path("data_dir"), file);
            if (!File.Exists(path) || new FileInfo(path).Length == 0)
            {
                throw new ModelFault($"'files.data_dir': the folder has no file {file}; it must be a whole folder espeak-ng-data.");
            }
        }
    }
}
