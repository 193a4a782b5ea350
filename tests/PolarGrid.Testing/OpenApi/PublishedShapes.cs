using System.Text.Json;

namespace PolarGrid.Testing.OpenApi;

/// <summary>Which of OpenAI's published schemas an answer must fit, and whether it does.</summary>
public static class PublishedShapes
{
    public const string Document = "spec/openai-openapi.yaml";

    private const string TranscriptionEvent = "CreateTranscriptionResponseStreamEvent";
    private const string Transcription = "CreateTranscriptionResponseJson", Translation = "CreateTranslationResponseJson";

    private static readonly Lazy<OpenApiSchema?> Schema = new(() => SharedFiles.TryGet(Document) is { } path ? OpenApiSchema.Load(path) : null);

    /// <summary>False where the document is absent: then nothing is checked.</summary>
    public static bool IsPresent => Schema.Value is not null;

    /// <summary>The schema of an answer; null for a path that is not OpenAI's.</summary>
    public static string? NameOf(string path, int status, bool streamed) => path switch
    {
        _ when !path.StartsWith("/v1/", StringComparison.Ordinal) => null,
        _ when status >= 400 => "ErrorResponse",
        "/v1/chat/completions" => streamed ? "CreateChatCompletionStreamResponse" : "CreateChatCompletionResponse",
        "/v1/completions" => "CreateCompletionResponse",
        "/v1/embeddings" => "CreateEmbeddingResponse",
        "/v1/audio/speech" => streamed ? "CreateSpeechResponseStreamEvent" : null,
        "/v1/audio/transcriptions" => streamed ? TranscriptionEvent : Transcription,
        "/v1/audio/translations" => Translation,
        "/v1/models" => "ListModelsResponse",
        _ when path.StartsWith("/v1/models/", StringComparison.Ordinal) => "Model",
        _ => null,
    };

    /// <exception cref="AnswerShapeException">The JSON does not fit; it names every place.</exception>
    public static void Check(string name, string json, bool streamed = false)
    {
        using var parsed = JsonDocument.Parse(json);
        if (Variant(name, parsed.RootElement) is not { } variant) return;
        name = variant;
        var isError = parsed.RootElement.TryGetProperty("error"u8, out _);
        var mistakes = Schema.Value!.Mistakes(isError ? "ErrorResponse" : name, parsed.RootElement).Where(mistake => !IsKnown(mistake, streamed)).ToList();
        if (mistakes.Count > 0) throw new AnswerShapeException($"{string.Join('\n', mistakes)}\n{json}");
    }

    /// <summary>Answers to a recording are told apart by a member that only one has; a job is no shape of OpenAI's.</summary>
    private static string? Variant(string name, JsonElement answer) => name switch
    {
        TranscriptionEvent when answer.TryGetProperty("delta"u8, out _) => "TranscriptTextDeltaEvent",
        TranscriptionEvent => "TranscriptTextDoneEvent",
        Transcription when answer.TryGetProperty("job_id"u8, out _) => null,
        Transcription when answer.TryGetProperty("duration"u8, out _) => "CreateTranscriptionResponseVerboseJson",
        Translation when answer.TryGetProperty("duration"u8, out _) => "CreateTranslationResponseVerboseJson",
        _ => name,
    };

    /// <summary>Checks the events that are complete.</summary>
    /// <returns>How much of the text was used.</returns>
    public static int CheckEvents(string name, string text)
    {
        var used = 0;
        for (var end = text.IndexOf("\n\n", StringComparison.Ordinal); end >= 0; end = text.IndexOf("\n\n", used, StringComparison.Ordinal))
        {
            var block = text[used..end];
            used = end + 2;
            if (block.StartsWith("data: {", StringComparison.Ordinal)) Check(name, block[6..], streamed: true);
        }

        return used;
    }

    /// <summary>
    /// What OpenAI's servers answer although their document does not allow it: no number for the first token of an echoed prompt,
    /// vectors as base64 text, and nulls in the chunks of a streamed completion, which has no schema of its own. And what we answer on
    /// purpose: the usage of a streamed transcription is a time, as of one that is not streamed, since recognisers have no tokens to count.
    /// </summary>
    private static bool IsKnown(string mistake, bool streamed) =>
        mistake.Contains("token_logprobs[]: Null", StringComparison.Ordinal)
        || mistake.Contains("top_logprobs[]: Null", StringComparison.Ordinal)
        || mistake.Contains("embedding: String", StringComparison.Ordinal)
        || mistake.StartsWith("TranscriptTextDoneEvent.usage", StringComparison.Ordinal)
        || (streamed && mistake is "CreateCompletionResponse.choices[].finish_reason: Null is not string"
            or "CreateCompletionResponse.choices[].finish_reason:  is not in the enum" or "CreateCompletionResponse.usage: Null is not object");
}

/// <summary>An answer that OpenAI's published schemas do not allow.</summary>
public sealed class AnswerShapeException(string message) : Exception(message);
