using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>A <c>tokens.txt</c>: a symbol, a space and its number in each line; a number alone stands for the space.</summary>
internal sealed partial class TokenFile
{
    private const int MostBytes = 64 * 1024 * 1024;
    private const int MostId = 10_000_000;

    private readonly Dictionary<string, int> ids = [];
    private readonly HashSet<int> used = [];

    private TokenFile(string name) => Name = name;

    /// <summary>For messages.</summary>
    public string Name { get; }

    public IReadOnlyDictionary<string, int> Ids => ids;

    /// <summary>One more than the highest number.</summary>
    public int Size { get; private set; }

    /// <param name="dialect">What the library accepts where the model has its place.</param>
    /// <exception cref="ModelFault">The library would end the process on it.</exception>
    public static TokenFile Read(string path, TokenDialect dialect)
    {
        var tokens = new TokenFile(Path.GetFileName(path));
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MostBytes) throw new ModelFault($"{tokens.Name} has {length} bytes; at most {MostBytes} are accepted.");
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
            tokens.ReadLines(text, dialect);
            return tokens;
        }
        catch (DecoderFallbackException)
        {
            throw new ModelFault($"{tokens.Name} is not UTF-8; it is damaged or no token file.");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new ModelFault($"{tokens.Name} cannot be read: {failed.Message}");
        }
    }

    /// <summary>Refuses gaps: the library looks every number up and ends the process on one that is not there.</summary>
    public void RequireDense()
    {
        if (used.Count == Size) return;
        var gap = Enumerable.Range(0, Size).First(id => !used.Contains(id));
        throw new ModelFault($"{Name}: no symbol has the number {gap}, though the highest is {Size - 1}; every number from 0 on must be there.");
    }

    /// <summary>Refuses a file without a symbol that the library looks up.</summary>
    public void Require(string symbol, string why)
    {
        if (!ids.ContainsKey(symbol)) throw new ModelFault($"{Name} has no symbol '{symbol}', {why}.");
    }

    /// <summary>Refuses symbols that are not base64: the library ends the process on any other character, and on a single one at the end.</summary>
    public void RequireBase64()
    {
        if (ids.Keys.FirstOrDefault(symbol => !Base64().IsMatch(symbol)) is { } wrong)
        {
            throw new ModelFault($"{Name}: the symbol '{Show(wrong)}' is not base64, which the symbols of this kind of model are; is it the right file?");
        }
    }

    [GeneratedRegex("^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?|=)$")]
    private static partial Regex Base64();

    private void ReadLines(string text, TokenDialect dialect)
    {
        var lines = text.TrimEnd('\r', '\n').Split('\n');
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1].TrimEnd('\r');
            var parts = line.Split((char[])[' ', '\t', '\v', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries);
            var symbol = parts.Length == 2 ? parts[0] : " ";
            if (parts.Length is not (1 or 2)
                || !int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id >= MostId)
            {
                throw new ModelFault($"{Name}, line {number} is '{Show(line)}'; each line needs a symbol, a space and a number from 0 to {MostId - 1}.");
            }

            if (dialect != TokenDialect.Words && !IsSingle(symbol, dialect))
            {
                throw new ModelFault($"{Name}, line {number}: the symbol '{Show(symbol)}' has more than one character, which a voice model's file may not have.");
            }

            if (!used.Add(id)) throw new ModelFault($"{Name}, line {number}: the number {id} is there twice.");
            if (!ids.TryAdd(symbol, id) && dialect != TokenDialect.Words)
            {
                throw new ModelFault($"{Name}, line {number}: the symbol '{Show(symbol)}' is there twice, with the numbers {ids[symbol]} and {id}.");
            }

            Size = Math.Max(Size, id + 1);
        }
    }

    private static bool IsSingle(string symbol, TokenDialect dialect) =>
        symbol == "<BLNK>" || (dialect == TokenDialect.Characters && symbol is "<PAD>" or "<EOS>" or "<BOS>")
        || Rune.TryGetRuneAt(symbol, 0, out var rune) && rune.Utf16SequenceLength == symbol.Length;

    private static string Show(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}

/// <summary>The library's readers of token files, which differ in what they end the process on.</summary>
internal enum TokenDialect
{
    /// <summary>Any symbols; one that occurs again is passed over.</summary>
    Words,

    /// <summary>One character each, once; of a voice that is given phonemes.</summary>
    Phonemes,

    /// <summary>One character each, once, besides a few names; of a voice that is given text.</summary>
    Characters,
}
