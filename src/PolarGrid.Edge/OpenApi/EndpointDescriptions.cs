using PolarGrid.Audio;
using PolarGrid.Contracts;
using PolarGrid.Edge.Chat;
using PolarGrid.Edge.Completions;
using PolarGrid.Edge.Embeddings;
using PolarGrid.Edge.Requests;
using PolarGrid.Edge.Speech;
using PolarGrid.Edge.Transcription;

namespace PolarGrid.Edge.OpenApi;

/// <summary>The descriptions of all endpoints.</summary>
internal static class EndpointDescriptions
{
    private static WireJson Wire => WireJson.Wire;

    public static EndpointDescription Chat { get; } = new()
    {
        Id = "createChatCompletion",
        Summary = "Answer a conversation.",
        Fields = ChatParameters.Table.Describe,
        Answer = new("ChatCompletion", Wire.ChatCompletion),
        Event = new("ChatCompletionChunk", Wire.ChatCompletionChunk),
    };

    public static EndpointDescription Completions { get; } = new()
    {
        Id = "createCompletion",
        Summary = "Continue a text.",
        Fields = CompletionParameters.Table.Describe,
        Answer = new("TextCompletion", Wire.TextCompletion),
        Event = new("TextCompletion", Wire.TextCompletion),
    };

    public static EndpointDescription Embeddings { get; } = new()
    {
        Id = "createEmbedding",
        Summary = "Turn texts into vectors.",
        Fields = EmbeddingParameters.Table.Describe,
        Answer = new("EmbeddingList", Wire.FloatEmbeddings, Wire.Base64Embeddings),
    };

    public static EndpointDescription Speech { get; } = new()
    {
        Id = "createSpeech",
        Summary = "Speak a text.",
        Fields = SpeechParameters.Table.Describe,
        MediaTypes = [.. Enum.GetValues<AudioFormat>().Select(AudioFormats.MediaType)],
        Event = new("SpeechEvent", Wire.SpeechAudioDelta, Wire.SpeechAudioDone),
        EndsWithDone = false,
    };

    public static EndpointDescription Voices { get; } = new()
    {
        Id = "listVoices",
        Summary = "List the voices, and which of them answers to a documented name.",
        Answer = new("VoiceList", Wire.VoiceList),
        Query = [new("model", "A voice model's name; all of them where it is missing.")],
    };

    public static EndpointDescription Transcription { get; } = new()
    {
        Id = "createTranscription",
        Summary = "Turn speech into text. Fields are read from the form and from the query string, which wins.",
        Fields = TranscriptionParameters.Transcriptions.Describe,
        IsForm = true,
        Answer = new("Transcript", Wire.Transcript, Wire.VerboseTranscript),
        MediaTypes = ["text/plain"],
        Event = new("TranscriptEvent", Wire.TranscriptTextDelta, Wire.TranscriptTextDone),
        Later = new("TranscriptionJob", Wire.TranscriptionJob),
    };

    public static EndpointDescription TranscriptionJob { get; } = new()
    {
        Id = "retrieveTranscriptionJob",
        Summary = "Show a transcription that was asked for with 'async'.",
        QueryFields = static () => [new("job_id", ParameterAction.Honoured, "string", "", true, null, null, null)],
        Answer = new("TranscriptionJob", Wire.TranscriptionJob),
    };

    public static EndpointDescription LiveTranscription { get; } = new()
    {
        Id = "transcribeLive",
        Summary = "A WebSocket: samples in, what is heard out while somebody speaks. See docs/live-transcription.md.",
        QueryFields = TranscriptionParameters.Live.Describe,
        Answer = new("LiveMessage", Wire.LiveStarted, Wire.LivePartial, Wire.LiveFinal, Wire.TranscriptTextDone, Wire.LiveError),
    };

    public static EndpointDescription Translation { get; } = new()
    {
        Id = "createTranslation",
        Summary = "Turn speech in any language that the model knows into English text.",
        Fields = TranscriptionParameters.Translations.Describe,
        IsForm = true,
        Answer = new("Transcript", Wire.Transcript, Wire.VerboseTranscript),
        MediaTypes = ["text/plain"],
    };

    public static EndpointDescription ListModels { get; } = new()
    {
        Id = "listModels", Summary = "List the loaded models.", Answer = new("ModelList", Wire.ModelList),
    };

    public static EndpointDescription ShowModel { get; } = new()
    {
        Id = "retrieveModel", Summary = "Show one loaded model by its name or an alias.", Answer = new("ModelCard", Wire.ModelCard),
    };

    public static EndpointDescription Usage { get; } = new()
    {
        Id = "retrieveUsage",
        Summary = "Show what the caller's own key has used, by day (UTC), model and kind. A request is counted a moment after it has ended.",
        Answer = new("UsageReport", Wire.UsageReport),
        Query =
        [
            new("from", "The first day, such as 2026-11-01; 30 days where it is missing."),
            new("to", "The last day, such as 2026-11-30; today where it is missing. At most 366 days."),
        ],
    };

    public static EndpointDescription Health { get; } = new()
    {
        Id = "health", Summary = "Tell whether the server works; 503 when no model does.", Answer = new("HealthReport", Wire.HealthReport),
    };

    public static EndpointDescription Metrics { get; } = new()
    {
        Id = "metrics", Summary = "Numbers for Prometheus.", MediaTypes = ["text/plain"],
    };

    public static EndpointDescription Document { get; } = new()
    {
        Id = "openapi", Summary = "This document.", MediaTypes = ["application/json"],
    };

    public static EndpointDescription Page { get; } = new()
    {
        Id = "docs", Summary = "A page to read this document on.", MediaTypes = ["text/html"],
    };
}
