using System.Net;
using PolarGrid.Edge.Speech;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Speech;

public sealed class VoicesTests : IAsyncLifetime
{
    private SpeechServer server = null!;

    public async Task InitializeAsync() => server = await SpeechServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Installed_voices_and_documented_names_are_listed()
    {
        using var response = await server.Edge.Client.GetAsync("/v1/audio/voices");
        var list = await response.JsonAsync();

        list.GetProperty("data")[0].GetRawText().ShouldBe(
            "{\"id\":\"ann\",\"object\":\"voice\",\"model\":\"test-voice\",\"language\":\"en-US\",\"gender\":\"female\",\"default\":true}");
        list.GetProperty("data").EnumerateArray().Select(voice => voice.GetProperty("id").GetString()).ShouldBe(["ann", "bob", "cyd", "dora"]);
        var aliases = list.GetProperty("aliases").EnumerateArray().ToDictionary(alias => alias.GetProperty("id").GetString()!, alias => alias.GetProperty("voice").GetString());
        foreach (var name in (string[])["alloy", "echo", "fable", "onyx", "nova", "shimmer", "af_bella", "af_sarah", "am_adam", "am_michael", "bf_emma", "bf_isabella", "bm_george", "bm_lewis"])
        {
            aliases.ShouldContainKey(name);
        }

        aliases["nova"].ShouldBe("ann");
        aliases["bm_george"].ShouldBe("cyd");
    }

    [Fact]
    public async Task One_models_voices_can_be_asked_for()
    {
        var other = new ScriptedVoices { Model = new ScriptedVoices().Model with { Id = "other", Voices = [new Voice("eve", "fr")] } };
        await using var pool = new EnginePool<ISynthesizer>(other.Create, new EnginePoolOptions { Engines = 1, MaxRequests = 1 }, "other");
        server.Directory.Register(other.Model, pool);

        using var all = await server.Edge.Client.GetAsync("/v1/audio/voices");
        using var one = await server.Edge.Client.GetAsync("/v1/audio/voices?model=other");
        using var aliased = await server.Edge.Client.GetAsync("/v1/audio/voices?model=tts-1");
        using var unknown = await server.Edge.Client.GetAsync("/v1/audio/voices?model=nobody");

        (await all.JsonAsync()).GetProperty("data").GetArrayLength().ShouldBe(5);
        (await one.JsonAsync()).GetProperty("data").EnumerateArray().Select(voice => voice.GetProperty("id").GetString()).ShouldBe(["eve"]);
        (await aliased.JsonAsync()).GetProperty("data").GetArrayLength().ShouldBe(4);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await unknown.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("test-voice, other");
    }

    [Fact]
    public async Task Speech_models_are_listed_and_shown_with_what_they_do()
    {
        using var list = await server.Edge.Client.GetAsync("/v1/models");
        using var card = await server.Edge.Client.GetAsync("/v1/models/tts-1");

        (await list.JsonAsync()).GetProperty("data").EnumerateArray().Select(model => $"{model.GetProperty("id")} {model.GetProperty("task")} {model.GetProperty("pg_model_type")}")
            .ShouldBe(["test-model text-generation llm", "test-voice text-to-speech tts"]);
        (await card.Content.ReadAsStringAsync()).ShouldBe(
            "{\"id\":\"test-voice\",\"object\":\"model\",\"created\":1790000000,\"owned_by\":\"polargrid\",\"task\":\"text-to-speech\",\"pg_model_type\":\"tts\","
            + "\"architecture\":\"script\",\"sample_rate\":16000,\"languages\":[\"en-US\",\"en-GB\",\"de\"],\"voices\":[\"ann\",\"bob\",\"cyd\",\"dora\"],\"aliases\":[\"tts-1\"]}");
    }

    [Theory]
    [InlineData("af_bella", "af_bella")]
    [InlineData("alloy", "af_alloy")]
    [InlineData("onyx", "am_onyx")]
    [InlineData("bm_george", "bm_george")]
    [InlineData("fable", "bm_fable")]
    [InlineData("bf_isabella", "bf_emma")]
    public void A_name_finds_its_namesake_in_a_larger_model(string name, string expected) => StandIn(
        name,
        [
            new("zf_xiaobei", "zh", VoiceGender.Female), new("af_alloy", "en-US", VoiceGender.Female), new("af_bella", "en-US", VoiceGender.Female),
            new("am_onyx", "en-US", VoiceGender.Male), new("bm_fable", "en-GB", VoiceGender.Male), new("bm_george", "en-GB", VoiceGender.Male),
            new("bf_emma", "en-GB", VoiceGender.Female),
        ]).ShouldBe(expected);

    [Fact]
    public void Names_that_sound_alike_take_turns_at_voices_that_do()
    {
        Voice[] voices = [new("slt", "en-US", VoiceGender.Female), new("rms", "en-US", VoiceGender.Male), new("kal", "en-US", VoiceGender.Male), new("awb", "en-GB", VoiceGender.Male)];

        StandIn("echo", voices).ShouldBe("rms");
        StandIn("onyx", voices).ShouldBe("kal");
        StandIn("am_adam", voices).ShouldNotBe(StandIn("am_michael", voices));
        StandIn("bf_emma", voices).ShouldBe("slt");
        StandIn("ballad", voices).ShouldBe("awb");
    }

    [Fact]
    public void A_model_without_English_speaks_with_its_first_voice() =>
        StandIn("alloy", [new("hans", "de", VoiceGender.Male), new("eva", "de", VoiceGender.Female)]).ShouldBe("hans");

    private static string StandIn(string name, IReadOnlyList<Voice> voices) => VoiceChoice.StandIn(voices, DocumentedVoice.Find(name)!).Id;
}
