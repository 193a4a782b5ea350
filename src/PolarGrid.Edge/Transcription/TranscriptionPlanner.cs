using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Models;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Transcription;

/// <summary>Finds the recogniser of a request and checks what depends on it.</summary>
internal sealed class TranscriptionPlanner(ISpeechDirectory speech, ModelErrors errors)
{
    /// <param name="draft">Read and consistent.</param>
    /// <param name="translate">Into English.</param>
    /// <param name="plan">What to do.</param>
    /// <returns>What the model cannot do; null with a plan.</returns>
    public ApiError? Plan(TranscriptionDraft draft, bool translate, out TranscriptionPlan? plan)
    {
        plan = null;
        if (!speech.TryFindTranscriber(draft.Model, out var model)) return errors.Unfit(ModelTask.SpeechToText, draft.Model);
        if ((Untranslatable(model, translate) ?? Unfit(model, draft)) is { } error) return error;
        plan = new TranscriptionPlan(
            model,
            new TranscriptionSettings(
                draft.Language,
                model.Description.TakesPrompt && HasPrompt(draft) ? draft.Prompt : null,
                model.Description.TakesTemperature ? draft.Temperature : 0,
                translate),
            draft.Detection,
            draft.Format)
        {
            WithSegments = draft.WantsSegments ?? true,
            WithWords = draft.WantsWords ?? false,
            WithoutPunctuation = draft.Punctuation == false,
            WithoutEffect = [.. WithoutEffect(model.Description, draft)],
        };
        return null;
    }

    private static ApiError? Unfit(SpeechModel<TranscriberDescription, ITranscriber> model, TranscriptionDraft draft)
    {
        var description = model.Description;
        if (draft.Language is { } language && !description.Languages.Contains(language))
        {
            return new(
                ErrorTable.UnsupportedValue,
                $"'language' is '{language}', which the model '{model.Id}' does not know; it knows: {string.Join(", ", description.Languages)}.",
                "language");
        }

        if (draft.WantsWords == true && !description.GivesWordTimes)
        {
            return new(
                ErrorTable.UnsupportedValue,
                $"'timestamp_granularities' has 'word', but the model '{model.Id}' gives no times of words. Ask for 'segment'.",
                "timestamp_granularities");
        }

        return draft.Punctuation == true && !description.Punctuates
            ? new(ErrorTable.UnsupportedValue, $"'punctuation' is true, but the model '{model.Id}' writes none. Leave it out.", "punctuation")
            : null;
    }

    private ApiError? Untranslatable(SpeechModel<TranscriberDescription, ITranscriber> model, bool translate)
    {
        if (!translate || model.Description.Translates) return null;
        string[] able = [.. speech.Transcribers.Where(other => other.Description.Translates).Select(other => other.Id)];
        return new(
            ErrorTable.UnsupportedValue,
            $"The model '{model.Id}' does not translate. " + (able.Length > 0
                ? $"Models here that do: {string.Join(", ", able)}."
                : "No model that does is installed here; add a multilingual Whisper model."),
            "model");
    }

    /// <summary>A temperature of 0 is what every model does that takes none.</summary>
    private static IEnumerable<string> WithoutEffect(TranscriberDescription model, TranscriptionDraft draft)
    {
        if (!model.TakesPrompt && HasPrompt(draft)) yield return "prompt";
        if (!model.TakesTemperature && draft.Temperature > 0) yield return "temperature";
    }

    private static bool HasPrompt(TranscriptionDraft draft) => !string.IsNullOrWhiteSpace(draft.Prompt);
}
