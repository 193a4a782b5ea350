using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>Code out of the README, as a reader copies it.</summary>
internal static class ReadmeSample
{
    private const string DocumentedUrl = "http://127.0.0.1:8080", DocumentedKey = "pg_...";

    /// <summary>Why it cannot run, or null.</summary>
    public static string? Missing => TestModel.IsBuiltIn ? null : "The samples name polar-tiny.";

    /// <summary>The first block of a language whose text holds a word, with the server and the key put in where the reader puts theirs.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it does not say where server and key go.</exception>
    public static string Read(string language, string word, Uri server, string key)
    {
        var code = Blocks(language).FirstOrDefault(block => block.Contains(word, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The README has no sample of {language} with '{word}'.");
        if (!code.Contains(DocumentedUrl, StringComparison.Ordinal) || !code.Contains(DocumentedKey, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The sample names not both {DocumentedUrl} and {DocumentedKey}:\n{code}");
        }

        return code.Replace(DocumentedUrl, server.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal).Replace(DocumentedKey, key, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Blocks(string language)
    {
        List<string>? block = null;
        foreach (var line in File.ReadLines(SourceTree.At("README.md")))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                if (block is not null) yield return string.Join('\n', block);
                block = block is null && line == "```" + language ? [] : null;
            }
            else
            {
                block?.Add(line);
            }
        }
    }
}
