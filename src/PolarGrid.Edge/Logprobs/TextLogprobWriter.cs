using System.Text.Unicode;
using PolarGrid.Contracts.Completions;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Logprobs;

/// <summary>The engine's records in the shape of legacy completions.</summary>
internal static class TextLogprobWriter
{
    public static TextLogprobs Write(LogprobRange range)
    {
        var (offsets, own, tokens) = (new List<int>(), new List<double?>(), new List<string>());
        var tops = new List<IReadOnlyDictionary<string, double>?>();
        var records = range.Records;
        for (var at = 0; at < records.Length; at += 1 + records[at].Alternatives)
        {
            var token = NameOf(range, records[at]);
            offsets.Add(records[at].Characters);
            tokens.Add(token);
            if (float.IsNaN(records[at].Logprob))
            {
                own.Add(null);
                tops.Add(null);
                continue;
            }

            own.Add(TokenText.Number(records[at].Logprob));
            var top = new Dictionary<string, double>(records[at].Alternatives + 1, StringComparer.Ordinal);
            for (var other = 1; other <= records[at].Alternatives; other++)
            {
                // Of tokens that are written alike the likeliest stays.
                top.TryAdd(NameOf(range, records[at + other]), TokenText.Number(records[at + other].Logprob));
            }

            if (records[at].Alternatives > 0) top.TryAdd(token, TokenText.Number(records[at].Logprob));
            tops.Add(top);
        }

        return new TextLogprobs { TextOffset = offsets, TokenLogprobs = own, Tokens = tokens, TopLogprobs = tops };
    }

    /// <summary>OpenAI marks tokens that are no whole characters here, and only here, with a prefix.</summary>
    private static string NameOf(LogprobRange range, in TokenLogprob record)
    {
        var text = range.Text(record);
        return Utf8.IsValid(text) ? TokenText.Of(text) : "bytes:" + TokenText.Of(text);
    }
}
