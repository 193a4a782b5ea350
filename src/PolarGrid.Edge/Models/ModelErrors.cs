using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Models;

/// <summary>What to answer to a model name that an endpoint cannot serve.</summary>
internal sealed class ModelErrors(IModelDirectory models, ISpeechDirectory speech)
{
    /// <summary>
    /// 404 for a name that nothing has, listing what would do here; 400 for a model that does something else, naming its endpoint.
    /// </summary>
    public ApiError Unfit(ModelTask wanted, string name)
    {
        if (TaskOf(name) is { } other && other != wanted)
        {
            var kind = wanted == ModelTask.TextGeneration ? "Models that write text" : Kind(wanted);
            return new(
                ErrorTable.UnsupportedValue,
                $"The model '{FieldReader.Quote(name)}' {Deed(other)}: ask it at {Endpoint(other)}. {kind} here: {List(wanted)}.",
                "model");
        }

        return new(ErrorTable.ModelNotFound, $"The model '{FieldReader.Quote(name)}' is not loaded here. {Kind(wanted)}: {List(wanted)}.", "model");
    }

    /// <summary>The 404 where models of every kind would do.</summary>
    public ApiError Unknown(string name)
    {
        string[] all = [.. models.Models.Select(model => model.Id), .. speech.Synthesizers.Select(model => model.Id), .. speech.Transcribers.Select(model => model.Id)];
        return new(ErrorTable.ModelNotFound, $"The model '{FieldReader.Quote(name)}' is not loaded here. Loaded: {Join(all)}.", "model");
    }

    /// <summary>What to answer where a model that writes text is asked for vectors that it does not have.</summary>
    public ApiError WithoutEmbeddings(string name) => new(
        ErrorTable.UnsupportedValue,
        $"The model '{FieldReader.Quote(name)}' gives no embeddings. {Kind(ModelTask.TextEmbedding)} here: {List(ModelTask.TextEmbedding)}.",
        "model");

    private ModelTask? TaskOf(string name) =>
        models.TryFind(name, out var model) ? model.Task
        : speech.TryFindSynthesizer(name, out _) ? ModelTask.TextToSpeech
        : speech.TryFindTranscriber(name, out _) ? ModelTask.SpeechToText
        : null;

    private string List(ModelTask task) => Join(task switch
    {
        ModelTask.TextToSpeech => speech.Synthesizers.Select(model => model.Id),
        ModelTask.SpeechToText => speech.Transcribers.Select(model => model.Id),
        ModelTask.TextEmbedding => models.Models.Where(model => model.Embedder is not null).Select(model => model.Id),
        _ => models.Models.Where(model => model.Engine is not null).Select(model => model.Id),
    });

    private static string Join(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";

    private static string Kind(ModelTask task) => task switch
    {
        ModelTask.TextToSpeech => "Voice models",
        ModelTask.SpeechToText => "Recognisers",
        ModelTask.TextEmbedding => "Models with embeddings",
        _ => "Loaded",
    };

    private static string Deed(ModelTask task) => task switch
    {
        ModelTask.TextToSpeech => "turns text into speech",
        ModelTask.SpeechToText => "turns speech into text",
        ModelTask.TextEmbedding => "turns text into embeddings and writes none",
        _ => "writes text",
    };

    private static string Endpoint(ModelTask task) => task switch
    {
        ModelTask.TextToSpeech => "POST /v1/audio/speech",
        ModelTask.SpeechToText => "POST /v1/audio/transcriptions",
        ModelTask.TextEmbedding => "POST /v1/embeddings",
        _ => "POST /v1/chat/completions",
    };
}
