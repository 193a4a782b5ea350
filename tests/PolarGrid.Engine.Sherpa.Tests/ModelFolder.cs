using System.Text.Json.Nodes;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Engine.Sherpa.Tests;

/// <summary>A model folder of one test, made of shared files and a manifest; gone with it.</summary>
internal sealed class ModelFolder : IDisposable
{
    public ModelFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"pg-model-{Guid.NewGuid():N}");

    /// <summary>The tone voice: every character of <c>a-z ',.?</c> becomes a tone.</summary>
    public static ModelFolder Voice() => new ModelFolder().Copy("models/modem/tts/model.onnx").Copy("models/modem/tts/tokens.txt").Manifest(
        """
        {
          "engine": "sherpa-onnx", "kind": "vits", "files": { "model": "model.onnx", "tokens": "tokens.txt" },
          "voices": [ { "id": "tone", "language": "en-US" } ], "licence": "MIT"
        }
        """);

    /// <summary>The recogniser that hears the tones.</summary>
    public static ModelFolder Recogniser() => new ModelFolder().Copy("models/modem/stt/model.onnx").Copy("models/modem/stt/tokens.txt").Manifest(
        """
        {
          "engine": "sherpa-onnx", "kind": "nemo-ctc", "files": { "model": "model.onnx", "tokens": "tokens.txt" },
          "languages": [ "en" ], "licence": "MIT"
        }
        """);

    public static ModelFolder Detector() => new ModelFolder().Copy("models/silero_vad.onnx").Manifest(
        """{ "engine": "sherpa-onnx", "kind": "vad", "files": { "model": "silero_vad.onnx" }, "licence": "MIT" }""");

    public ModelFolder Copy(string shared)
    {
        // Not File.Copy: the shared files may be read-only, and a copy would be too.
        File.WriteAllBytes(At(System.IO.Path.GetFileName(shared)), File.ReadAllBytes(SharedFiles.Get(shared)));
        return this;
    }

    public ModelFolder Manifest(string json)
    {
        File.WriteAllText(At(SherpaManifest.FileName), json);
        return this;
    }

    /// <summary>Changes one thing of the manifest.</summary>
    public ModelFolder Manifest(Action<JsonObject> change)
    {
        var manifest = (JsonObject)JsonNode.Parse(File.ReadAllText(At(SherpaManifest.FileName)))!;
        change(manifest);
        return Manifest(manifest.ToJsonString());
    }

    public string At(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>The model, which must be sound.</summary>
    public SherpaModel Read()
    {
        var result = SherpaModel.Read(Path);
        result.Error.ShouldBeNull();
        return result.Model.ShouldNotBeNull();
    }

    /// <summary>Why the folder is refused, which it must be.</summary>
    public string Refusal() => SherpaModel.Read(Path).Error.ShouldNotBeNull();

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
