using System.Text.Json.Nodes;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Speech;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests.Models;

public sealed class ManifestTests
{
    private const string Voice = "models/modem/tts/model.onnx";

    [SharedFact(Voice)]
    public void Everything_that_it_says_is_read()
    {
        using var folder = ModelFolder.Voice().Manifest(
            """
            {
              "engine": "sherpa-onnx", "kind": "vits", "description": "tones",
              "files": { "model": "model.onnx", "tokens": "tokens.txt" }, "languages": ["en"],
              "voices": [ { "id": "bell", "speaker": 0, "language": "en-GB", "gender": "female" } ],
              "licence": "MIT", "aliases": [ "tts-1", "tts-1-hd" ], "created": "2025-01-27"
            }
            """);
        var manifest = folder.Read().Manifest;

        manifest.Kind.ShouldBe(SherpaKind.Vits);
        manifest.Voices.ShouldHaveSingleItem().ShouldBe(new SherpaVoice("bell", 0, "en-GB", VoiceGender.Female));
        manifest.Aliases.ShouldBe(["tts-1", "tts-1-hd"]);
        manifest.Licence.ShouldBe("MIT");
        manifest.Created.ShouldBe(new DateTimeOffset(2025, 1, 27, 0, 0, 0, TimeSpan.Zero));
    }

    [SharedTheory(Voice)]
    [InlineData("engine", "\"llama\"", "'engine' is \"llama\"; it must be one of: sherpa-onnx")]
    [InlineData("kind", "\"piper\"", "it must be one of: vits, kokoro, matcha, whisper")]
    [InlineData("kind", "7", "'kind' is 7")]
    [InlineData("licence", "\"\"", "'licence' is \"\"; give a text of 1 to 200 characters")]
    [InlineData("licence", null, "'licence' is missing")]
    [InlineData("license", "\"MIT\"", "'license' is no field; known are engine, kind")]
    [InlineData("files", "[]", "'files' is []; it must be an object")]
    [InlineData("languages", "[\"english\"]", "'languages' has \"english\"")]
    [InlineData("languages", "[\"en\",\"en\"]", "twice")]
    [InlineData("aliases", "[\"../x\"]", "'aliases' has \"../x\"")]
    [InlineData("voices", "[{\"id\":\"a\",\"language\":\"en\"},{\"id\":\"a\",\"language\":\"en\"}]", "two voices have it")]
    [InlineData("voices", "[{\"id\":\"a\",\"language\":\"en\",\"speaker\":1}]", "the voice 'a' has the speaker 1, but the model has 1")]
    [InlineData("voices", "[{\"id\":\"a b\",\"language\":\"en\"}]", "'voices[0].id' is \"a b\"")]
    [InlineData("voices", "[{\"id\":\"a\",\"language\":\"en\",\"gender\":\"robot\"}]", "must be one of: female, male")]
    [InlineData("voices", "[]", "give 'languages' or 'voices'")]
    [InlineData("max_utterance_seconds", "20", "only recognisers have it")]
    [InlineData("max_utterance_seconds", "0", "give a number from 1 to 600")]
    [InlineData("created", "\"soon\"", "give a date such as")]
    public void A_mistake_names_the_field_its_value_and_what_is_allowed(string field, string? json, string message)
    {
        using var folder = ModelFolder.Voice().Manifest(manifest =>
        {
            if (json is null) manifest.Remove(field);
            else manifest[field] = JsonNode.Parse(json);
        });
        folder.Refusal().ShouldContain(message);
    }

    [SharedTheory(Voice)]
    [InlineData("../model.onnx", "give a path inside the folder")]
    [InlineData("/etc/passwd", "give a path inside the folder")]
    [InlineData("sub/../model.onnx", "give a path inside the folder")]
    [InlineData("a\\\\model.onnx", "give a path inside the folder")]
    [InlineData("other.onnx", "there is no such file")]
    public void A_file_outside_the_folder_is_refused(string path, string message)
    {
        using var folder = ModelFolder.Voice().Manifest(manifest => manifest["files"]!["model"] = path);
        folder.Refusal().ShouldContain(message);
    }

    [SharedFact(Voice)]
    public void A_link_out_of_the_folder_is_refused_and_one_inside_is_not()
    {
        using var folder = ModelFolder.Voice();
        File.Move(folder.At("model.onnx"), folder.At("real.onnx"));
        File.CreateSymbolicLink(folder.At("model.onnx"), folder.At("real.onnx"));
        folder.Read();

        File.Delete(folder.At("model.onnx"));
        File.CreateSymbolicLink(folder.At("model.onnx"), SharedFiles.Get(Voice));
        folder.Refusal().ShouldContain("a link out of the folder");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"engine\":1,\"engine\":2}")]
    public void What_is_no_manifest_is_refused(string json)
    {
        using var folder = new ModelFolder().Manifest(json);
        folder.Refusal().ShouldContain(SherpaManifest.FileName);
    }

    [Fact]
    public void A_folder_that_is_not_there_or_has_no_manifest_is_refused()
    {
        using var folder = new ModelFolder();
        folder.Refusal().ShouldContain("no polargrid.json");
        SherpaModel.Read(folder.At("nowhere")).Error.ShouldNotBeNull().ShouldContain("There is no folder");
        SherpaModel.Read(folder.Path, "a name").Error.ShouldNotBeNull().ShouldContain("no name for a model");
    }
}
