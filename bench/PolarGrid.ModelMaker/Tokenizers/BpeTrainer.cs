namespace PolarGrid.ModelMaker.Tokenizers;

/// <summary>Byte-pair encoding learnt from weighted words: the heaviest neighbouring pair becomes one symbol, again and again.</summary>
internal sealed class BpeTrainer
{
    private sealed class Word(List<string> symbols, long weight)
    {
        public List<string> Symbols { get; } = symbols;

        public long Weight { get; } = weight;
    }

    private readonly Dictionary<BpeMerge, long> _weights = [];
    /// <summary>Words that hold the pair, or once did: a word without it is left as it is.</summary>
    private readonly Dictionary<BpeMerge, HashSet<Word>> _owners = [];

    public void Add(string encodedWord, long weight) =>
        Count(new Word([.. encodedWord.Select(character => character.ToString())], weight), +1);

    /// <summary>Merges until the caller stops asking or every word is one symbol.</summary>
    public IEnumerable<BpeMerge> Merges()
    {
        while (_weights.Count > 0)
        {
            var best = Heaviest();
            foreach (var word in _owners[best].ToList())
            {
                Count(word, -1);
                Join(word.Symbols, best);
                Count(word, +1);
            }

            yield return best;
        }
    }

    /// <summary>Of equals, the one that sorts first, so that the same words always give the same tokenizer.</summary>
    private BpeMerge Heaviest()
    {
        BpeMerge? best = null;
        var bestWeight = 0L;
        foreach (var (pair, weight) in _weights)
        {
            if (best is not null && (weight < bestWeight || (weight == bestWeight && pair.CompareTo(best) > 0))) continue;
            best = pair;
            bestWeight = weight;
        }

        return best!;
    }

    private void Count(Word word, int sign)
    {
        for (var i = 0; i + 1 < word.Symbols.Count; i++)
        {
            var pair = new BpeMerge(word.Symbols[i], word.Symbols[i + 1]);
            var weight = _weights[pair] = _weights.GetValueOrDefault(pair) + (sign * word.Weight);
            if (weight == 0)
            {
                _weights.Remove(pair);
                _owners.Remove(pair);
                continue;
            }

            if (!_owners.TryGetValue(pair, out var owners)) _owners[pair] = owners = [];
            owners.Add(word);
        }
    }

    private static void Join(List<string> symbols, BpeMerge pair)
    {
        for (var i = 0; i + 1 < symbols.Count; i++)
        {
            if (symbols[i] != pair.Left || symbols[i + 1] != pair.Right) continue;
            symbols[i] = pair.Joined;
            symbols.RemoveAt(i + 1);
        }
    }
}
