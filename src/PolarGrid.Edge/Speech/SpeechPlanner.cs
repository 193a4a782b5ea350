using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Models;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Text;

namespace PolarGrid.Edge.Speech;

/// <summary>Finds the model and the voice for a request, and cuts its text.</summary>
internal sealed class SpeechPlanner(ISpeechDirectory speech, ModelErrors errors)
{
    /// <returns>What the model cannot do; null with a plan.</returns>
    public ApiError? Plan(SpeechDraft draft, out SpeechPlan? plan)
    {
        plan = null;
        if (!speech.TryFindSynthesizer(draft.Model, out var model)) return errors.Unfit(ModelTask.TextToSpeech, draft.Model);
        var description = model.Description;
        var instructions = string.IsNullOrWhiteSpace(draft.Instructions) ? null : draft.Instructions;
        if (instructions is not null && !description.FollowsInstructions)
        {
            return new(ErrorTable.UnsupportedParameter, $"'instructions' is not supported: the model '{model.Id}' does not follow any. Leave it out.", "instructions");
        }

        if (VoiceChoice.Find(description, draft.Voice, draft.Language, out var voice) is { } refusal) return refusal;
        var (pieces, unspeakable) = SpeechText.Prepare(draft.Input, description, voice);
        if (unspeakable is not null) return SpeechErrors.ToApiError(unspeakable, "input");

        var language = draft.Language?.Split('-')[0].ToLowerInvariant();
        plan = new SpeechPlan(
            model,
            voice!,
            [.. pieces.Select(text => new SpokenPiece(text, voice!.Id, draft.Speed, language, instructions))],
            draft.Characters);
        return null;
    }
}
