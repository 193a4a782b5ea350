using System.Text;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Names of scripts for messages, by Unicode block.</summary>
internal static class Scripts
{
    private static readonly (int First, int Last, string Name)[] Blocks =
    [
        (0x0370, 0x03FF, "Greek"), (0x1F00, 0x1FFF, "Greek"), (0x0400, 0x052F, "Cyrillic"), (0x0530, 0x058F, "Armenian"),
        (0x0590, 0x05FF, "Hebrew"), (0x0600, 0x06FF, "Arabic"), (0x0750, 0x077F, "Arabic"), (0x0900, 0x097F, "Devanagari"),
        (0x0980, 0x09FF, "Bengali"), (0x0A00, 0x0A7F, "Gurmukhi"), (0x0A80, 0x0AFF, "Gujarati"), (0x0B80, 0x0BFF, "Tamil"),
        (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada"), (0x0D00, 0x0D7F, "Malayalam"), (0x0E00, 0x0E7F, "Thai"),
        (0x10A0, 0x10FF, "Georgian"), (0x1100, 0x11FF, "Korean"), (0xAC00, 0xD7AF, "Korean"), (0x3040, 0x30FF, "Japanese"),
        (0x3400, 0x4DBF, "Chinese or Japanese"), (0x4E00, 0x9FFF, "Chinese or Japanese"), (0x20000, 0x323AF, "Chinese or Japanese"),
    ];

    public static string NameOf(Rune letter)
    {
        foreach (var (first, last, name) in Blocks)
        {
            if (letter.Value >= first && letter.Value <= last) return name;
        }

        return "foreign";
    }
}
