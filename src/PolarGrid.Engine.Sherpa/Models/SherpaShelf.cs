namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>
/// The folder of installed models: each a folder of its own, or a link to one, named as the model is served, with a manifest inside.
/// What has no manifest is not a model and is passed over.
/// </summary>
/// <remarks>Not for several threads.</remarks>
/// <param name="root">Need not exist.</param>
/// <param name="ledger">Says whether a sound model works.</param>
public sealed class SherpaShelf(string root, TrialLedger ledger)
{
    /// <summary>Everything that is there, by name. One bad model never hides another.</summary>
    public IReadOnlyList<ShelfEntry> List()
    {
        try
        {
            return Directory.Exists(root)
                ? [.. Directory.EnumerateDirectories(root)
                    .Where(folder => File.Exists(Path.Combine(folder, SherpaManifest.FileName)))
                    .Order(StringComparer.Ordinal).Select(folder => Inspect(Path.GetFileName(folder)))]
                : [];
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return [new ShelfEntry(Path.GetFileName(root), null, $"The folder {root} cannot be read: {failed.Message}")];
        }
    }

    /// <summary>Reads and tries one model.</summary>
    /// <param name="anew">Try even if it was tried.</param>
    public ShelfEntry Inspect(string name, bool anew = false)
    {
        var result = SherpaModel.Read(Path.Combine(root, name), name);
        if (result.Model is not { } model) return new ShelfEntry(name, null, result.Error);
        return Try(model, anew) is { } failure ? new ShelfEntry(name, null, failure) : new ShelfEntry(name, model, null);
    }

    /// <summary>Puts a model on the shelf after all checks; nothing is left behind when one of them fails.</summary>
    /// <param name="source">A folder with a manifest.</param>
    /// <param name="name">Null: the source's own name.</param>
    /// <param name="link">Leave the files where they are.</param>
    public ShelfEntry Add(string source, string? name, bool link)
    {
        var read = SherpaModel.Read(source, name);
        if (read.Model is not { } model) return new ShelfEntry(name ?? source, null, read.Error);
        var target = Path.Combine(root, model.Name);
        if (Path.Exists(target))
        {
            return new ShelfEntry(model.Name, null, $"There is a model '{model.Name}' already; give this one another name, or remove that one first.");
        }

        if (Try(model, anew: true) is { } failure) return new ShelfEntry(model.Name, null, failure);
        try
        {
            Directory.CreateDirectory(root);
            if (link) Directory.CreateSymbolicLink(target, model.Folder);
            else Copy(model, target);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return new ShelfEntry(model.Name, null, $"The model cannot be put into {root}: {failed.Message}");
        }

        var installed = Inspect(model.Name);
        if (!link) ledger.Forget(model.Folder);
        return installed;
    }

    /// <summary>Takes a model off the shelf; of a linked one only the link.</summary>
    /// <returns>Null when it is gone; otherwise one sentence.</returns>
    public string? Remove(string name)
    {
        var folder = Path.Combine(root, name);
        if (!ManifestReader.IsName(name) || !Directory.Exists(folder) && new DirectoryInfo(folder).LinkTarget is null)
        {
            return $"There is no model '{name}' in {root}.";
        }

        try
        {
            ledger.Forget(Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder));
            if (new DirectoryInfo(folder).LinkTarget is not null) Directory.Delete(folder);
            else Directory.Delete(folder, recursive: true);
            return null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return $"{folder} cannot be removed: {failed.Message}";
        }
    }

    /// <returns>Null when it works; otherwise why not.</returns>
    private string? Try(SherpaModel model, bool anew)
    {
        try
        {
            return ledger.Check(model, anew);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return $"A file of the model cannot be read: {failed.Message}";
        }
    }

    /// <summary>Copies what the manifest names, into a folder that gets its name when it is whole.</summary>
    private static void Copy(SherpaModel model, string target)
    {
        var partial = $"{target}.partial-{Environment.ProcessId}";
        try
        {
            foreach (var file in ModelStamp.Files(model))
            {
                var copy = Path.Combine(partial, Path.GetRelativePath(model.Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                using var to = new FileStream(copy, FileMode.CreateNew);
                if (ModelStamp.IsEmpty(file)) continue;
                using var from = File.OpenRead(file);
                from.CopyTo(to);
            }

            Directory.Move(partial, target);
        }
        finally
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        }
    }
}

/// <summary>A model of the shelf, or why it cannot be served.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Model">Null when there is an error.</param>
/// <param name="Error">One sentence or several; null when there is a model.</param>
public sealed record ShelfEntry(string Name, SherpaModel? Model, string? Error);
