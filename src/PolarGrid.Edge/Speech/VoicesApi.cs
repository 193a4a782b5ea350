using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Speech;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Models;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Streaming;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Speech;

/// <summary><c>GET /v1/audio/voices</c>; <c>?model=</c> asks for one model's.</summary>
internal sealed class VoicesApi(ISpeechDirectory speech, ModelErrors errors)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/audio/voices", (RequestDelegate)ListAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), EndpointDescriptions.Voices);

    private Task ListAsync(HttpContext context)
    {
        var name = context.Request.Query["model"].ToString();
        if (name.Length == 0) return JsonBody.WriteAsync(context, ListOf(speech.Synthesizers), WireJson.Wire.VoiceList);
        return speech.TryFindSynthesizer(name, out var model)
            ? JsonBody.WriteAsync(context, ListOf([model]), WireJson.Wire.VoiceList)
            : ErrorWriter.WriteAsync(context, errors.Unfit(ModelTask.TextToSpeech, name));
    }

    private static VoiceList ListOf(IEnumerable<SpeechModel<SynthesizerDescription, ISynthesizer>> models)
    {
        var descriptions = models.Select(model => model.Description).ToArray();
        return new VoiceList
        {
            Data = [.. descriptions.SelectMany(model => model.Voices, CardOf)],
            Aliases = [.. descriptions.SelectMany(AliasesOf)],
        };
    }

    private static VoiceCard CardOf(SynthesizerDescription model, Voice voice) => new()
    {
        Id = voice.Id,
        Model = model.Id,
        Language = voice.Language,
        Gender = voice.Gender switch { VoiceGender.Female => "female", VoiceGender.Male => "male", _ => null },
        Default = voice.Id == model.Voices[0].Id,
    };

    /// <summary>A name that a voice has itself is no alias.</summary>
    private static IEnumerable<VoiceAlias> AliasesOf(SynthesizerDescription model) =>
        from name in DocumentedVoice.All
        where model.Voices.All(voice => voice.Id != name.Name)
        select new VoiceAlias { Id = name.Name, Model = model.Id, Voice = VoiceChoice.StandIn(model.Voices, name).Id };
}
