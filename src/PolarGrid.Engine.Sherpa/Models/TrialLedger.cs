using System.Text.Json;
using System.Text.Json.Serialization;

namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>
/// Remembers how trials ended, so that a start needs none. A result holds as long as the library and the files are the same: told by
/// size and time of change, and by content where only the times differ.
/// </summary>
/// <remarks>Not for several threads. Two processes may use one file: what one of them forgets is tried again.</remarks>
/// <param name="path">The file; made when there is something to remember.</param>
/// <param name="trial">Runs a trial in a process that may be lost.</param>
/// <param name="time">For the date of a trial.</param>
public sealed class TrialLedger(string path, Func<SherpaModel, TrialOutcome> trial, TimeProvider time)
{
    private Dictionary<string, TrialEntry>? entries;

    /// <summary>Whether a model works: by memory, else by a trial.</summary>
    /// <param name="anew">Try even if it was tried.</param>
    /// <returns>Null when it works; otherwise one sentence.</returns>
    public string? Check(SherpaModel model, bool anew = false)
    {
        var known = Entries();
        var key = model.Folder;
        var stamp = ModelStamp.Quick(model);
        if (!anew && Find(known, model, stamp) is { } entry)
        {
            if (!known.TryGetValue(key, out var old) || old != entry)
            {
                known[key] = entry;
                Write(known);
            }

            return Sentence(entry);
        }

        var outcome = trial(model);
        if (!outcome.Lasts) return outcome.Failure;
        known[key] = new TrialEntry(Native.NativeVersion.Expected, stamp, ModelStamp.Content(model), outcome.Failure, time.GetUtcNow());
        Write(known);
        return outcome.Failure;
    }

    /// <summary>Forgets a model.</summary>
    /// <param name="folder">As in <see cref="SherpaModel.Folder"/>.</param>
    public void Forget(string folder)
    {
        var known = Entries();
        if (known.Remove(folder)) Write(known);
    }

    /// <summary>What is remembered of these files, in this folder or another.</summary>
    private static TrialEntry? Find(Dictionary<string, TrialEntry> known, SherpaModel model, string stamp)
    {
        if (known.TryGetValue(model.Folder, out var here) && here.Library == Native.NativeVersion.Expected && here.Stamp == stamp) return here;
        if (known.Count == 0) return null;
        var content = ModelStamp.Content(model);
        return known.Values.FirstOrDefault(other => other.Library == Native.NativeVersion.Expected && other.Content == content) is { } same
            ? same with { Stamp = stamp }
            : null;
    }

    private static string? Sentence(TrialEntry entry) => entry.Failure is null ? null : $"{entry.Failure} (tried {entry.Tried:yyyy-MM-dd})";

    private Dictionary<string, TrialEntry> Entries()
    {
        if (entries is not null) return entries;
        try
        {
            entries = File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), LedgerJson.Default.DictionaryStringTrialEntry) : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or JsonException)
        {
            // What cannot be read is tried again.
        }

        return entries ??= [];
    }

    private void Write(Dictionary<string, TrialEntry> known)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var temporary = $"{path}.{Environment.ProcessId}";
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(known, LedgerJson.Default.DictionaryStringTrialEntry));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written to costs a trial at each start, nothing else.
        }
    }
}

/// <summary>One remembered trial.</summary>
internal sealed record TrialEntry(string Library, string Stamp, string Content, string? Failure, DateTimeOffset Tried);

/// <summary>The ledger's file format.</summary>
[JsonSerializable(typeof(Dictionary<string, TrialEntry>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class LedgerJson : JsonSerializerContext;
