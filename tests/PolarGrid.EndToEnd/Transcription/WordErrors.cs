namespace PolarGrid.EndToEnd.Transcription;

/// <summary>Word error rate: substitutions, deletions and insertions over the words that were said. Letter case and punctuation do not count.</summary>
internal sealed class WordErrors
{
    public int Errors { get; private set; }

    public int Words { get; private set; }

    public double Rate => (double)Errors / Words;

    public static double Of(string said, string heard)
    {
        var errors = new WordErrors();
        errors.Add(said, heard);
        return errors.Rate;
    }

    public void Add(string said, string heard)
    {
        var (reference, found) = (Split(said), Split(heard));
        Words += reference.Length;
        Errors += Distance(reference, found);
    }

    private static string[] Split(string text) => new string([.. text.ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '\'')])
        .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int Distance(string[] reference, string[] found)
    {
        var row = Enumerable.Range(0, found.Length + 1).ToArray();
        for (var at = 1; at <= reference.Length; at++)
        {
            var diagonal = row[0];
            row[0] = at;
            for (var other = 1; other <= found.Length; other++)
            {
                var best = Math.Min(Math.Min(row[other], row[other - 1]) + 1, diagonal + (reference[at - 1] == found[other - 1] ? 0 : 1));
                diagonal = row[other];
                row[other] = best;
            }
        }

        return row[^1];
    }
}
