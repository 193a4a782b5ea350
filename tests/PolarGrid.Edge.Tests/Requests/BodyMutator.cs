using System.Text;

namespace PolarGrid.Edge.Tests.Requests;

/// <summary>Damages request bodies, the same way for the same seed.</summary>
/// <param name="seed">Of all its choices.</param>
/// <param name="bodies">What is damaged; none: requests for text.</param>
internal sealed class BodyMutator(int seed, params string[] bodies)
{
    private static readonly string[] TextBodies =
    [
        "{\"model\":\"test-model\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"name\":\"ann\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}],\"temperature\":0.5,\"top_p\":0.9,\"top_k\":40,\"n\":2,\"stop\":[\"a\",\"b\"],\"seed\":7,\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        "{\"model\":\"test-model\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":null,\"refusal\":\"no\"}],\"logit_bias\":{\"5\":-100},\"metadata\":{\"k\":\"v\"},\"max_tokens\":10,\"response_format\":{\"type\":\"text\"},\"tools\":[],\"tool_choice\":\"auto\",\"modalities\":[\"text\"]}",
        "{\"model\":\"an-alias\",\"prompt\":[\"Once\",\"upon\"],\"max_tokens\":5,\"echo\":true,\"n\":1,\"best_of\":1,\"stop\":\"x\",\"logprobs\":null,\"suffix\":null,\"frequency_penalty\":-2,\"presence_penalty\":2}",
        "{\"model\":\"test-model\",\"prompt\":[[1,2,3],[4,5]],\"stream\":true,\"user\":\"u\",\"min_p\":0.1,\"repetition_penalty\":1.1,\"min_tokens\":1,\"ignore_eos\":false}",
    ];

    private static readonly string[] Pieces =
    [
        "null", "true", "false", "0", "-0", "-1", "1e999", "-1e999", "5.0", "0.1e-400", "99999999999999999999999", "\"\"", "\"x\"", "{}", "[]", "[[", "}}",
        "\"\\ud800\"", "\"\\u0000\"", "{\"a\":{\"a\":{\"a\":1}}}", "[[[[[[[[[[[[]]]]]]]]]]]]", ",", ":", "\"", "\\", "\u0000", "é", "\u2028", "NaN", "Infinity",
        "\"messages\"", "\"model\"", "\"stream\":true", "\"n\":128", "\"stop\":[\"\"]", "1.7976931348623157e308", "9223372036854775807", "4294967296",
    ];

    private readonly string[] all = bodies.Length > 0 ? bodies : TextBodies;
    private readonly Random random = new(seed);

    /// <summary>The next body: up to four changes to one of the valid ones.</summary>
    public byte[] Next()
    {
        var body = new List<byte>(Encoding.UTF8.GetBytes(all[random.Next(all.Length)]));
        for (var change = random.Next(5); change > 0; change--) Change(body);
        return [.. body];
    }

    private void Change(List<byte> body)
    {
        if (body.Count == 0) return;
        var at = random.Next(body.Count);
        var length = random.Next(1, Math.Min(20, body.Count - at) + 1);
        switch (random.Next(7))
        {
            case 0:
                body[at] = (byte)random.Next(256);
                break;
            case 1:
                body.RemoveRange(at, length);
                break;
            case 2:
                body.InsertRange(at, body.GetRange(at, length));
                break;
            case 3:
                body.RemoveRange(at, body.Count - at);
                break;
            case 4:
                body.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                break;
            default:
                ReplaceValue(body, at);
                break;
        }
    }

    /// <summary>Puts another value after a colon, so that most results stay JSON and reach the field's own check.</summary>
    private void ReplaceValue(List<byte> body, int from)
    {
        var colon = body.IndexOf((byte)':', from);
        if (colon < 0) return;
        var end = body.FindIndex(colon, value => value is (byte)',' or (byte)'}');
        if (end < 0) return;
        body.RemoveRange(colon + 1, end - colon - 1);
        body.InsertRange(colon + 1, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
    }
}
