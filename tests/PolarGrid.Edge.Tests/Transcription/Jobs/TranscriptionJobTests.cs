using System.Net;
using System.Text.Json;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Jobs;

/// <summary>A job from being taken in to its result.</summary>
public sealed class TranscriptionJobTests : JobTests
{
    [Fact]
    public async Task A_job_is_taken_in_with_202_and_where_to_ask()
    {
        Hold();
        using var response = await SubmitAsync("later");
        var job = await response.JsonAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var id = job.GetProperty("job_id").GetString()!;
        id.ShouldStartWith("job_transcription_");
        job.GetProperty("status").GetString().ShouldBe("queued");
        job.GetProperty("poll_url").GetString().ShouldBe($"/v1/audio/transcriptions?job_id={id}");
    }

    [Theory]
    [InlineData("json", JsonValueKind.Object)]
    [InlineData("verbose_json", JsonValueKind.Object)]
    [InlineData("text", JsonValueKind.String)]
    [InlineData("srt", JsonValueKind.String)]
    public async Task A_job_goes_through_its_states_to_a_result_in_the_asked_format(string format, JsonValueKind kind)
    {
        Hold();
        using var first = await SubmitAsync("first");
        using var second = await SubmitAsync("second job", format);
        var (one, two) = (await IdAsync(first), await IdAsync(second));
        await Until.TrueAsync(async () => await StatusAsync(one) == "processing");
        (await StatusAsync(two)).ShouldBe("queued");

        Release();
        await Until.TrueAsync(async () => await StatusAsync(two) == "completed");
        using var waited = await Server.TranscribeAsync("second job", ("response_format", format));

        var job = await PollAsync(two);
        var result = job.GetProperty("result");
        result.ValueKind.ShouldBe(kind);
        var direct = await waited.Content.ReadAsStringAsync();
        (kind == JsonValueKind.String ? result.GetString() : result.GetRawText()).ShouldBe(direct);
        job.GetProperty("expires_at").GetInt64().ShouldBe(job.GetProperty("finished_at").GetInt64() + 60);
    }

    [Fact]
    public async Task A_job_whose_file_is_no_audio_fails_with_the_reason()
    {
        using var response = await Server.SendAsync("nothing"u8.ToArray(), ("async", "true"));
        var id = await IdAsync(response);
        await Until.TrueAsync(async () => await StatusAsync(id) == "failed");

        (await PollAsync(id)).GetProperty("error").GetProperty("code").GetString().ShouldBe("invalid_audio");
    }

    [Fact]
    public async Task A_job_that_meets_a_fault_fails_and_says_nothing_of_it()
    {
        Server.Engine.OnChunk = () => throw new InvalidOperationException("secret");
        using var response = await SubmitAsync("later");
        var id = await IdAsync(response);
        await Until.TrueAsync(async () => await StatusAsync(id) == "failed");

        (await PollAsync(id)).GetRawText().ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_job_belongs_to_its_key()
    {
        using var response = await SubmitAsync("mine");
        var id = await IdAsync(response);
        await Until.TrueAsync(async () => await StatusAsync(id) == "completed");
        using var other = Server.Edge.NewClient(Server.Edge.Keys.Create("other", KeyPermission.Admin).Key);
        using var asked = await other.GetAsync($"/v1/audio/transcriptions?job_id={id}");

        asked.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("?job_id=job_transcription_0", HttpStatusCode.NotFound)]
    public async Task Asking_for_no_job_says_so(string query, HttpStatusCode status)
    {
        using var response = await Server.Client.GetAsync("/v1/audio/transcriptions" + query);

        response.StatusCode.ShouldBe(status);
        (await response.ErrorAsync()).GetProperty("param").GetString().ShouldBe("job_id");
    }
}
