using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PolarGrid.Contracts.Accounting;
using PolarGrid.Contracts.Chat;
using PolarGrid.Contracts.Completions;
using PolarGrid.Contracts.Embeddings;
using PolarGrid.Contracts.Errors;
using PolarGrid.Contracts.Health;
using PolarGrid.Contracts.Models;
using PolarGrid.Contracts.Shared;
using PolarGrid.Contracts.Speech;
using PolarGrid.Contracts.Transcription;

namespace PolarGrid.Contracts;

/// <summary>
/// Serialisers of every wire record, generated at build time. Names stand on the members: a naming policy on a context is
/// silently lost when its options are combined with others.
/// </summary>
[JsonSerializable(typeof(ChatCompletionRequest))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ChatCompletionChunk))]
[JsonSerializable(typeof(TextCompletion))]
[JsonSerializable(typeof(ChatLogprobs))]
[JsonSerializable(typeof(TextLogprobs))]
[JsonSerializable(typeof(EmbeddingList<IReadOnlyList<float>>), TypeInfoPropertyName = "FloatEmbeddings")]
[JsonSerializable(typeof(EmbeddingList<string>), TypeInfoPropertyName = "Base64Embeddings")]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelCard))]
[JsonSerializable(typeof(SpeechAudioDelta))]
[JsonSerializable(typeof(SpeechAudioDone))]
[JsonSerializable(typeof(VoiceList))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(Transcript))]
[JsonSerializable(typeof(VerboseTranscript))]
[JsonSerializable(typeof(TranscriptTextDelta))]
[JsonSerializable(typeof(TranscriptTextDone))]
[JsonSerializable(typeof(TranscriptionJob))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(LiveStarted))]
[JsonSerializable(typeof(LivePartial))]
[JsonSerializable(typeof(LiveFinal))]
[JsonSerializable(typeof(LiveError))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(ErrorEvent))]
[JsonSerializable(typeof(Usage))]
[JsonSerializable(typeof(AnswerMetadata))]
public sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>
    /// For bodies of type <c>application/json</c>: non-ASCII text goes out as UTF-8, not as escapes. Never embed the result in HTML.
    /// </summary>
    public static WireJson Wire { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
