namespace PolarGrid.LoadBench.Prompts;

/// <summary>
/// Makes text of about a given number of tokens from common words in random order. The order comes from the seed, so a fresh
/// seed gives prompts that no server can have in its cache.
/// </summary>
internal sealed class PromptSource(ulong seed, TokenCalibration calibration)
{
    private static readonly string[] Vocabulary = ReadVocabulary();

    private readonly Lock _turn = new();
    private readonly Random _random = new((int)(seed ^ (seed >> 32)));

    /// <param name="tokens">Tokens of the text alone, without the chat template.</param>
    public string Text(int tokens)
    {
        lock (_turn) return Words(_random, Math.Max(1, (int)Math.Round(tokens / calibration.TokensPerWord)));
    }

    public static string Words(Random random, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => Vocabulary[random.Next(Vocabulary.Length)]));

    private static string[] ReadVocabulary()
    {
        using var stream = typeof(PromptSource).Assembly.GetManifestResourceStream("words.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct()];
    }
}
