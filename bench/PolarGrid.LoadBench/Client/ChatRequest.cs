using System.Buffers;
using System.Text.Json;

namespace PolarGrid.LoadBench.Client;

/// <summary>One streamed chat request, greedy unless it says otherwise and with a fixed seed so that runs can be compared.</summary>
/// <param name="OutputTokens">Asked for as <c>max_tokens</c>; <c>ignore_eos</c> makes servers that know it deliver all of them.</param>
internal sealed record ChatRequest(string? System, string User, int OutputTokens, int Choices = 1)
{
    /// <summary>A JSON array; null for none.</summary>
    public string? Tools { get; init; }

    /// <summary>Beside <see cref="Tools"/>: <c>auto</c> or <c>required</c>.</summary>
    public string ToolChoice { get; init; } = "auto";

    /// <summary>Draws with temperature 1 among the 40 likeliest tokens: text that hardly repeats itself, whatever the model.</summary>
    public bool Varied { get; init; }

    public byte[] ToJson(string model)
    {
        var buffer = new ArrayBufferWriter<byte>(User.Length + (System?.Length ?? 0) + 512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model"u8, model);
            json.WriteStartArray("messages"u8);
            if (System is not null) WriteMessage(json, "system"u8, System);
            WriteMessage(json, "user"u8, User);
            json.WriteEndArray();
            json.WriteNumber("max_tokens"u8, OutputTokens);
            json.WriteNumber("temperature"u8, Varied ? 1 : 0);
            if (Varied)
            {
                // Said for both servers, whose own defaults differ.
                json.WriteNumber("top_k"u8, 40);
                json.WriteNumber("top_p"u8, 0.95);
                json.WriteNumber("min_p"u8, 0.05);
            }

            json.WriteNumber("seed"u8, 1);
            if (Choices != 1) json.WriteNumber("n"u8, Choices);
            if (Tools is not null)
            {
                json.WritePropertyName("tools"u8);
                json.WriteRawValue(Tools);
                json.WriteString("tool_choice"u8, ToolChoice);
            }

            json.WriteBoolean("ignore_eos"u8, true);
            json.WriteBoolean("stream"u8, true);
            json.WriteStartObject("stream_options"u8);
            json.WriteBoolean("include_usage"u8, true);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, ReadOnlySpan<byte> role, string content)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, role);
        json.WriteString("content"u8, content);
        json.WriteEndObject();
    }
}
