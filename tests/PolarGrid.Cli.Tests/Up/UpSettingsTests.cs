using PolarGrid.Cli.Up;
using PolarGrid.Edge;
using PolarGrid.Engine.Llama.Running;
using Shouldly;

namespace PolarGrid.Cli.Tests.Up;

public sealed class UpSettingsTests
{
    private static readonly UpSettings Usual = new()
    {
        Urls = "http://127.0.0.1:8080",
        Models = [],
        Aliases = [],
        Parallel = 32,
        Profile = ApiProfile.PolarGrid,
        LogFormat = LogFormat.Text,
    };

    [Fact]
    public void Usual_settings_have_no_mistakes() => Mistakes(Usual).ShouldBeEmpty();

    [Theory]
    [InlineData(1, 64, 256, 1)]
    [InlineData(512, 16_777_216, 16_777_216, 128)]
    public void The_ends_of_every_range_are_allowed(int threads, int context, int kvTokens, int parallel) =>
        Mistakes(Usual with { Threads = threads, ContextTokens = context, KvTokens = kvTokens, Parallel = parallel }).ShouldBeEmpty();

    [Theory]
    [InlineData(0)]
    [InlineData(513)]
    public void Threads_out_of_range_are_named(int threads) =>
        Mistakes(Usual with { Threads = threads }).ShouldBe([$"--threads is {threads}; it must be between 1 and 512."]);

    [Theory]
    [InlineData(63)]
    [InlineData(16_777_217)]
    public void A_context_out_of_range_is_named(int context) =>
        Mistakes(Usual with { ContextTokens = context }).ShouldBe([$"--context is {context}; it must be between 64 and 16777216."]);

    [Theory]
    [InlineData(255)]
    [InlineData(16_777_217)]
    public void A_cache_out_of_range_is_named(int kvTokens) =>
        Mistakes(Usual with { KvTokens = kvTokens }).ShouldBe([$"--kv-tokens is {kvTokens}; it must be between 256 and 16777216."]);

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    [InlineData(-1)]
    public void Parallel_answers_out_of_range_are_named(int parallel) =>
        Mistakes(Usual with { Parallel = parallel }).ShouldBe([$"--parallel is {parallel}; it must be between 1 and 128."]);

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void Requests_per_minute_out_of_range_are_named(int requests) =>
        Mistakes(Usual with { RequestsPerMinute = requests })
            .ShouldBe([$"--requests-per-minute is {requests}; it must be between 0 and 1000000."]);

    [Theory]
    [InlineData(-1)]
    [InlineData(17)]
    public void Draft_tokens_out_of_range_are_named(int tokens) =>
        Mistakes(Usual with { DraftTokens = tokens }).ShouldBe([$"--draft-tokens is {tokens}; it must be between 0 and 16."]);

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void The_ends_of_the_range_of_draft_tokens_are_allowed(int tokens) => Mistakes(Usual with { DraftTokens = tokens }).ShouldBeEmpty();

    [Fact]
    public void A_cache_smaller_than_one_conversation_is_refused_with_both_numbers()
    {
        var mistake = Mistakes(Usual with { ContextTokens = 4096, KvTokens = 2048 }).ShouldHaveSingleItem();

        mistake.ShouldContain("--kv-tokens is 2048");
        mistake.ShouldContain("4096 (--context)");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100_001)]
    public void A_queue_out_of_range_is_named(int queue) =>
        Mistakes(Usual with { Queue = queue }).ShouldBe([$"--queue is {queue}; it must be between 0 and 100000."]);

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1441, 1025, 86_401, 10_001)]
    public void Limits_of_hearing_out_of_range_are_named(int minutes, int mb, int seconds, int sessions) =>
        Mistakes(Usual with { Hearing = new HearingLimits { MaxAudioMinutes = minutes, MaxUploadMb = mb, LiveSeconds = seconds, LiveSessions = sessions } }).ShouldBe(
        [
            $"--max-audio-minutes is {minutes}; it must be between 1 and 1440.",
            $"--max-upload-mb is {mb}; it must be between 1 and 1024.",
            $"--live-seconds is {seconds}; it must be between 1 and 86400.",
            $"--live-sessions is {sessions}; it must be between 1 and 10000.",
        ]);

    [Fact]
    public void Limits_of_hearing_contradict_a_server_without_speech() =>
        Mistakes(Usual with { NoSpeech = true, Hearing = new HearingLimits { LiveSessions = 2 } })
            .ShouldBe(["--no-speech and --live-sessions contradict each other; leave one of them out."]);

    [Fact]
    public void Separate_cells_need_a_whole_context_for_each_answer()
    {
        var mistake = Mistakes(Usual with { KvLayout = KvLayout.Separate, ContextTokens = 1024, KvTokens = 4096, Parallel = 8 }).ShouldHaveSingleItem();
        mistake.ShouldContain("--kv-tokens is 4096");
        mistake.ShouldContain("8192");
    }

    [Fact]
    public void A_cache_without_a_context_is_not_compared() => Mistakes(Usual with { KvTokens = 256 }).ShouldBeEmpty();

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://*:8080")]
    [InlineData("http://+:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://0.0.0.0:8080; https://localhost:8443")]
    public void Usable_addresses_are_taken(string urls) => Mistakes(Usual with { Urls = urls }).ShouldBeEmpty();

    [Theory]
    [InlineData("8080", "8080")]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("ftp://127.0.0.1", "ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1:8080;nonsense", "nonsense")]
    [InlineData("http://127.0.0.1:99999", "http://127.0.0.1:99999")]
    public void What_is_no_address_is_named(string urls, string named) =>
        Mistakes(Usual with { Urls = urls }).ShouldHaveSingleItem().ShouldContain($"--urls has '{named}'");

    [Theory]
    [InlineData("")]
    [InlineData(" ; ")]
    public void No_address_at_all_is_refused(string urls) => Mistakes(Usual with { Urls = urls }).ShouldHaveSingleItem().ShouldContain("--urls");

    [Fact]
    public void Every_mistake_is_reported_at_once() =>
        Mistakes(Usual with { Threads = 0, ContextTokens = 1, KvTokens = 1, Parallel = 0, Urls = "x" }).Count.ShouldBe(5);

    private static List<string> Mistakes(UpSettings settings)
    {
        var mistakes = new List<string>();
        settings.Check(mistakes);
        return mistakes;
    }
}
