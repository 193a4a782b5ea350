namespace PolarGrid.Engine.Drafting;

/// <summary>
/// Where short runs of tokens last stood in one growing list: what followed there is a guess at what follows now.
/// </summary>
/// <remarks>
/// Two tables of places, one for runs of two tokens and one for runs of four. A run that falls on another one's place takes it, so
/// memory is bounded and the latest wins; what is found is compared with the tokens themselves, so a collision costs a guess and never
/// makes a wrong one. Adding and finding take the same time however long the list is. It takes 8 bytes for each place: 256 KiB at the most,
/// so 4 MiB for 16 sequences that fill a context of 32,768 tokens or more, and goes with its sequence.
/// </remarks>
internal sealed class NgramIndex
{
    /// <summary>A match is at least this long.</summary>
    public const int LeastMatch = 2;

    /// <summary>Matches are not measured beyond this.</summary>
    public const int LongestMatch = 32;

    private const int LongRun = 4;
    private const int LeastPlaces = 256;
    private const int MostPlaces = 1 << 15;

    // How many tokens stood before the end of the run; 0 for none, since no run ends before the second token.
    private readonly int[] pairs;
    private readonly int[] runs;
    private readonly int shift;

    /// <param name="expectedTokens">How long the list may become; beyond 32,768 older places are lost to newer ones.</param>
    public NgramIndex(int expectedTokens)
    {
        var places = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(expectedTokens, LeastPlaces, MostPlaces));
        pairs = new int[places];
        runs = new int[places];
        shift = 32 - System.Numerics.BitOperations.Log2((uint)places);
    }

    /// <summary>Notes the runs that end with the last of these tokens.</summary>
    public void Add(ReadOnlySpan<int> tokens)
    {
        if (tokens.Length < LeastMatch) return;
        pairs[PairPlace(tokens)] = tokens.Length;
        if (tokens.Length >= LongRun) runs[RunPlace(tokens)] = tokens.Length;
    }

    /// <summary>Finds where the end of these tokens stood before; to be called before <see cref="Add"/> with the same tokens.</summary>
    /// <returns>How many tokens stood up to there, and how many of the last ones are the same; zeros when nothing is found.</returns>
    public (int End, int Length) Find(ReadOnlySpan<int> tokens)
    {
        if (tokens.Length < LeastMatch) return default;
        if (tokens.Length >= LongRun)
        {
            var longer = Measure(tokens, runs[RunPlace(tokens)]);
            if (longer.Length >= LongRun) return longer;
        }

        var pair = Measure(tokens, pairs[PairPlace(tokens)]);
        return pair.Length >= LeastMatch ? pair : default;
    }

    private static (int End, int Length) Measure(ReadOnlySpan<int> tokens, int end)
    {
        var most = Math.Min(end, LongestMatch);
        var length = 0;
        while (length < most && tokens[end - 1 - length] == tokens[tokens.Length - 1 - length]) length++;
        return (end, length);
    }

    private uint PairPlace(ReadOnlySpan<int> tokens) => Place(Mix((uint)tokens[^2], (uint)tokens[^1]));

    private uint RunPlace(ReadOnlySpan<int> tokens) =>
        Place(Mix(Mix((uint)tokens[^4], (uint)tokens[^3]), Mix((uint)tokens[^2], (uint)tokens[^1])));

    private static uint Mix(uint one, uint other) => ((one * 0x9E37_79B1) ^ (one >> 15)) + (other * 0x85EB_CA77);

    private uint Place(uint hash) => (hash ^ (hash >> 13)) * 0xC2B2_AE3D >> shift;
}
