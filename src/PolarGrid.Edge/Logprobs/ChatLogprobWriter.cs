using PolarGrid.Contracts.Chat;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Logprobs;

/// <summary>The engine's records in the shape of chat.</summary>
internal static class ChatLogprobWriter
{
    public static ChatLogprobs Write(LogprobRange range)
    {
        var records = range.Records;
        var content = new List<ChatTokenLogprob>();
        for (var at = 0; at < records.Length; at += 1 + records[at].Alternatives)
        {
            var top = new ChatTopLogprob[records[at].Alternatives];
            for (var other = 0; other < top.Length; other++)
            {
                var record = records[at + 1 + other];
                top[other] = new ChatTopLogprob
                {
                    Token = TokenText.Of(range.Text(record)), Logprob = TokenText.Number(record.Logprob), Bytes = BytesOf(range, record),
                };
            }

            content.Add(new ChatTokenLogprob
            {
                Token = TokenText.Of(range.Text(records[at])),
                Logprob = TokenText.Number(records[at].Logprob),
                Bytes = BytesOf(range, records[at]),
                TopLogprobs = top,
            });
        }

        return new ChatLogprobs { Content = content };
    }

    private static int[]? BytesOf(LogprobRange range, TokenLogprob record)
    {
        if (record.Control) return null;
        var text = range.Text(record);
        var bytes = new int[text.Length];
        for (var at = 0; at < bytes.Length; at++) bytes[at] = text[at];
        return bytes;
    }
}
