using System.Text.Json.Serialization;

namespace PolarGrid.LoadBench.Reports;

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LoadReport))]
[JsonSerializable(typeof(CompareReport))]
[JsonSerializable(typeof(Speech.SpeechReport))]
[JsonSerializable(typeof(Transcription.TranscriptionReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
