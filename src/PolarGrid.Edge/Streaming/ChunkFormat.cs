using System.Text;
using System.Text.Json;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Shared;
using PolarGrid.Edge.Logprobs;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Streaming;

/// <summary>
/// The parts of a stream's chunks that never change, as bytes. A chunk is <see cref="Head"/>, the choice's number, then one of
/// <see cref="Role"/>, <see cref="Stopped"/>, <see cref="CutByLength"/>, or the escaped text between <see cref="BeforeText"/> and
/// <see cref="AfterText"/>.
/// </summary>
internal sealed class ChunkFormat
{
    private readonly string head;
    private readonly string rest;

    private ChunkFormat(AnswerIdentity answer, string type, bool includeUsage, ChoiceShape shape)
    {
        var tier = answer.ServiceTier is null ? "" : $",\"service_tier\":{Json(answer.ServiceTier)}";
        head = $"data: {{\"id\":{Json(answer.Id)},\"object\":\"{type}\",\"created\":{answer.Created},\"model\":{Json(answer.Model)},"
            + $"\"system_fingerprint\":{Json(answer.Fingerprint)}{tier},\"choices\":[";
        var tail = includeUsage ? "}],\"usage\":null}\n\n" : "}]}\n\n";

        rest = Ending("null") + tail;
        IncludesUsage = includeUsage;
        Tail = Utf8(tail);
        Head = Utf8(head + "{\"index\":");
        Role = shape.Role is null ? null : Utf8($"{shape.Role}{Ending("null")}{tail}");
        BeforeText = Utf8(shape.BeforeText);
        AfterText = Utf8($"{shape.AfterText}{Ending("null")}{tail}");
        BeforeLogprobs = Utf8(shape.AfterText + ",\"logprobs\":");
        AfterLogprobs = Utf8(",\"finish_reason\":null" + tail);
        LogprobsOf = shape.Logprobs;
        Stopped = Utf8($"{shape.Nothing}{Ending("\"stop\"")}{tail}");
        ToolsCalled = Utf8($"{shape.Nothing}{Ending("\"tool_calls\"")}{tail}");
        FunctionCalled = Utf8($"{shape.Nothing}{Ending("\"function_call\"")}{tail}");
        AfterArguments = Utf8("\"}}]}" + rest);
        AfterFunctionArguments = Utf8("\"}}" + rest);
        CutByLength = Utf8($"{shape.Nothing}{Ending("\"length\"")}{tail}");
    }

    public byte[] Head { get; }

    /// <summary>Opens a choice; null where the format has no such chunk.</summary>
    public byte[]? Role { get; }

    public byte[] BeforeText { get; }

    public byte[] AfterText { get; }

    /// <summary>Between a text and its log-probabilities, where they were asked for.</summary>
    public byte[] BeforeLogprobs { get; }

    public byte[] AfterLogprobs { get; }

    /// <summary>Log-probabilities in this format's shape, as JSON.</summary>
    public Func<LogprobRange, byte[]> LogprobsOf { get; }

    /// <summary>What ends every chunk with a choice.</summary>
    public byte[] Tail { get; }

    public byte[] Stopped { get; }

    public byte[] CutByLength { get; }

    /// <summary>Before thinking that is sent apart from content; <see cref="AfterText"/> ends it.</summary>
    public byte[] BeforeReasoning { get; } = Utf8(",\"delta\":{\"reasoning_content\":\"");

    /// <summary>Between <see cref="BeforeArguments"/> and this: a piece of a call's arguments.</summary>
    public byte[] AfterArguments { get; }

    /// <summary>The same for the deprecated form.</summary>
    public byte[] BeforeFunctionArguments { get; } = Utf8(",\"delta\":{\"function_call\":{\"arguments\":\"");

    public byte[] AfterFunctionArguments { get; }

    /// <summary>Ends a choice that called tools.</summary>
    public byte[] ToolsCalled { get; }

    public byte[] FunctionCalled { get; }

    /// <summary>Whether a last chunk with token counts was asked for; every other chunk then says <c>"usage":null</c>.</summary>
    public bool IncludesUsage { get; }

    public static ChunkFormat ForChat(AnswerIdentity answer, bool includeUsage) => new(
        answer,
        "chat.completion.chunk",
        includeUsage,
        new(
            ",\"delta\":{\"role\":\"assistant\",\"content\":\"\"}",
            ",\"delta\":{\"content\":\"",
            "\"}",
            ",\"delta\":{}",
            static range => JsonSerializer.SerializeToUtf8Bytes(ChatLogprobWriter.Write(range), WireJson.Wire.ChatLogprobs)));

    public static ChunkFormat ForCompletions(AnswerIdentity answer, bool includeUsage) => new(
        answer,
        "text_completion",
        includeUsage,
        new(
            null,
            ",\"text\":\"",
            "\"",
            ",\"text\":\"\"",
            static range => JsonSerializer.SerializeToUtf8Bytes(TextLogprobWriter.Write(range), WireJson.Wire.TextLogprobs)));

    public byte[] UsageChunk(GenerationUsage usage, int reasoningTokens, AnswerMetadata? metadata = null) =>
        Utf8($"{head}],\"usage\":{JsonSerializer.Serialize(WireUsage.Of(usage, reasoningTokens), WireJson.Wire.Usage)}{Member(metadata)}}}\n\n");

    /// <summary><see cref="Tail"/> of a stream's last chunk.</summary>
    public byte[] TailWith(AnswerMetadata metadata) => Utf8($"}}]{(IncludesUsage ? ",\"usage\":null" : "")}{Member(metadata)}}}\n\n");

    private static string Member(AnswerMetadata? metadata) =>
        metadata is null ? "" : $",\"pg_metadata\":{JsonSerializer.Serialize(metadata, WireJson.Wire.AnswerMetadata)}";

    /// <summary>The ending of a choice without calls.</summary>
    public byte[] EndingOf(FinishReason reason) => reason == FinishReason.Length ? CutByLength : Stopped;

    /// <summary>Opens a call: id, type and name are sent once, here (wire format 7.3).</summary>
    public byte[] CallStart(int index, string id, string name) => Utf8(
        $",\"delta\":{{\"tool_calls\":[{{\"index\":{index},\"id\":{Json(id)},\"type\":\"function\",\"function\":{{\"name\":{Json(name)},\"arguments\":\"\"}}}}]}}{rest}");

    public static byte[] BeforeArguments(int index) => Utf8($",\"delta\":{{\"tool_calls\":[{{\"index\":{index},\"function\":{{\"arguments\":\"");

    /// <summary>Opens a call in the deprecated form.</summary>
    public byte[] FunctionStart(string name) => Utf8($",\"delta\":{{\"function_call\":{{\"name\":{Json(name)},\"arguments\":\"\"}}}}{rest}");

    private static string Ending(string reason) => ",\"logprobs\":null,\"finish_reason\":" + reason;

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text, WireJson.Wire.Options.Encoder)}\"";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Where the text of a choice stands.</summary>
    private sealed record ChoiceShape(
        string? Role, string BeforeText, string AfterText, string Nothing, Func<LogprobRange, byte[]> Logprobs);
}
