using System.Text;
using PolarGrid.Engine.Scheduling;

namespace PolarGrid.Engine.Tests.Logprobs;

/// <summary>An answer with the records that came with each piece of it.</summary>
internal sealed record ScoredAnswer(IReadOnlyList<ScoredDelta> Deltas, GenerationUsage Usage)
{
    public string Text => string.Concat(Deltas.Select(delta => delta.Text));

    public List<ScoredToken> Tokens => [.. Deltas.SelectMany(delta => delta.Tokens)];

    public static async Task<ScoredAnswer> ReadAsync(SequenceGroup group, int choices = 1)
    {
        var deltas = new List<ScoredDelta>();
        var stream = group.Stream;
        while (await stream.WaitAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)))
        {
            while (stream.TryRead(out var item))
            {
                Assert.NotEqual(TokenEventKind.Failed, item.Kind);
                Assert.InRange(item.Choice, 0, choices - 1);
                if (item.Kind != TokenEventKind.Delta) continue;
                deltas.Add(new(item.Choice, Encoding.UTF8.GetString(stream.TextOf(item)), Read(stream.LogprobsOf(item))));
            }
        }

        return new(deltas, stream.Usage);
    }

    private static List<ScoredToken> Read(LogprobRange range)
    {
        var tokens = new List<ScoredToken>();
        var left = 0;
        foreach (var record in range.Records)
        {
            if (left > 0)
            {
                tokens[^1].Alternatives.Add(record.Token);
                left--;
                continue;
            }

            tokens.Add(new(record.Token, record.Logprob, Encoding.UTF8.GetString(range.Text(record)), record.Characters, []));
            left = record.Alternatives;
        }

        return tokens;
    }
}

internal sealed record ScoredDelta(int Choice, string Text, IReadOnlyList<ScoredToken> Tokens);

internal sealed record ScoredToken(int Token, float Logprob, string Text, int Characters, List<int> Alternatives);
