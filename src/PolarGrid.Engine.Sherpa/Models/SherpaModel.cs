using PolarGrid.Engine.Sherpa.Checks;

namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>A model folder whose files were found sound as far as managed code can tell. Plain data.</summary>
public sealed record SherpaModel
{
    internal SherpaModel(IReadOnlyDictionary<string, IReadOnlyList<string>> files, ModelFacts facts)
    {
        Files = files;
        Facts = facts;
    }

    /// <summary>Its name on the wire.</summary>
    public required string Name { get; init; }

    /// <summary>Full path.</summary>
    public required string Folder { get; init; }

    public required SherpaManifest Manifest { get; init; }

    public bool IsVoice => KindRule.Of(Manifest.Kind).IsVoice;

    public bool IsRecogniser => KindRule.Of(Manifest.Kind).IsRecogniser;

    /// <summary>Full paths, by the manifest's keys.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Files { get; }

    internal ModelFacts Facts { get; }

    /// <summary>Of the files when they were checked; see <see cref="ModelStamp.Quick"/>.</summary>
    private string CheckedStamp { get; init; } = "";

    /// <summary>Reads and checks a folder without any native code. Takes milliseconds; never throws for what is in the folder.</summary>
    /// <param name="folder">Holds a <see cref="SherpaManifest.FileName"/>.</param>
    /// <param name="name">Null: the folder's own name.</param>
    public static SherpaModelResult Read(string folder, string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        name ??= Path.GetFileName(full);
        try
        {
            if (!ManifestReader.IsName(name))
            {
                throw new ModelFault($"'{name}' is no name for a model; take 1 to 64 letters, digits, dots, hyphens and underscores.");
            }

            if (!Directory.Exists(full)) throw new ModelFault($"There is no folder {full}.");
            full = Directory.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
            var manifest = ManifestReader.Read(Path.Combine(full, SherpaManifest.FileName));
            var files = FolderFiles.Resolve(full, manifest);
            var facts = Check(manifest, new ModelFiles(files));
            var model = new SherpaModel(files, facts) { Name = name, Folder = full, Manifest = manifest };
            return new SherpaModelResult(model with { CheckedStamp = ModelStamp.Quick(model) });
        }
        catch (ModelFault fault)
        {
            return new SherpaModelResult(fault.Message);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return new SherpaModelResult($"The folder {full} cannot be read: {failed.Message}");
        }
    }

    /// <summary>To be called before a native loader sees the files, which may be long after they were checked.</summary>
    /// <exception cref="SherpaLoadException">They are not the same any more, or gone.</exception>
    internal void RequireUnchanged()
    {
        string? now = null;
        try
        {
            now = ModelStamp.Quick(this);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // Said below.
        }

        if (now != CheckedStamp)
        {
            throw new SherpaLoadException(
                $"The files of the model '{Name}' in {Folder} have changed since they were checked; run 'polargrid models check' and start the server again.");
        }
    }

    private static ModelFacts Check(SherpaManifest manifest, ModelFiles files)
    {
        ModelFacts facts = manifest.Kind switch
        {
            SherpaKind.Vits => VoiceChecks.Vits(files),
            SherpaKind.Kokoro => VoiceChecks.Kokoro(files),
            SherpaKind.Matcha => VoiceChecks.Matcha(files),
            SherpaKind.Whisper => WhisperChecks.Check(files),
            SherpaKind.Moonshine => MoonshineChecks.Check(files),
            SherpaKind.NemoCtc => RecognizerChecks.NemoCtc(files),
            SherpaKind.Transducer => RecognizerChecks.Transducer(files),
            SherpaKind.ZipformerCtc => RecognizerChecks.ZipformerCtc(files),
            _ => DetectorChecks.Silero(files),
        };
        ManifestFit.Check(manifest, facts);
        return facts;
    }
}

/// <summary>Either a model or the sentence that says why there is none.</summary>
public readonly record struct SherpaModelResult
{
    internal SherpaModelResult(SherpaModel model) => Model = model;

    internal SherpaModelResult(string error) => Error = error;

    public SherpaModel? Model { get; }

    /// <summary>One sentence, or several; null when there is a model.</summary>
    public string? Error { get; }
}
