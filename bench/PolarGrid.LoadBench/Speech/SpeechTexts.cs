namespace PolarGrid.LoadBench.Speech;

/// <summary>What is said.</summary>
internal static class SpeechTexts
{
    public const string Sentence = "The quick brown fox jumped over the lazy dog, and nobody was surprised.";

    public const string Paragraph =
        "The harbour was quiet when the boat came in. Two men stood at the wall and watched it turn, and one of them lifted a hand. "
        + "Nobody on board saw him. The wind had gone down in the night, so the water lay like glass between the stones, and every rope "
        + "that fell on the deck could be heard up in the street. Later, when the sun was over the roofs, the market opened and people "
        + "bought bread, apples and fish. A dog slept under the cart of the baker. At noon the bells rang twelve times, and the boat left "
        + "again with three boxes and a letter that was meant for somebody in the city.";

    /// <summary>To warm up with.</summary>
    public const string Short = "Good morning.";

    /// <summary>Three sentences, for many callers of a slower voice.</summary>
    public static string Few { get; } = $"{Sentence} {string.Join(". ", Paragraph.Split(". ")[..2])}.";

    public static IReadOnlyList<(string Name, string Text)> All { get; } = [("sentence", Sentence), ("paragraph", Paragraph)];

    /// <summary>All of a text that has only one.</summary>
    public static string FirstSentence(string text) => text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)] : text;
}
