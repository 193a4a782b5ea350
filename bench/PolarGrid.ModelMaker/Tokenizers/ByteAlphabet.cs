using System.Text;

namespace PolarGrid.ModelMaker.Tokenizers;

/// <summary>
/// The alphabet of byte-level BPE: each byte is one visible character. Visible Latin-1 characters stand for themselves, the
/// others follow one another from U+0100 on, which makes a space U+0120.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = CreateCharacters();

    public static IEnumerable<string> All => Characters.Select(character => character.ToString());

    public static string Encode(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => Characters[value]));

    private static char[] CreateCharacters()
    {
        var characters = new char[256];
        var next = (char)256;
        for (var value = 0; value < 256; value++)
            characters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE ? (char)value : next++;
        return characters;
    }
}
