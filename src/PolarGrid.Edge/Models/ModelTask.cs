namespace PolarGrid.Edge.Models;

/// <summary>What a model does, and with that which endpoint it answers at.</summary>
internal enum ModelTask
{
    TextGeneration,
    TextEmbedding,
    TextToSpeech,
    SpeechToText,
}
