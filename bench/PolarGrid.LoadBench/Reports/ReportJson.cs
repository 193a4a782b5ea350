using System.Text.Json.Serialization;

namespace PolarGrid.LoadBench.Reports;

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LoadReport))]
[JsonSerializable(typeof(CompareReport))]
[JsonSerializable(typeof(Audio.AudioReport<Speech.SpeechRow>))]
[JsonSerializable(typeof(Audio.AudioReport<Transcription.TranscriptionRow>))]
internal sealed partial class ReportJson : JsonSerializerContext;
