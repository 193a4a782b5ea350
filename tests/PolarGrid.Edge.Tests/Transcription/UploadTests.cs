using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Transcription.Forms;
using PolarGrid.Testing;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription;

/// <summary>Files and the bodies that carry them: names, sizes, what is no audio.</summary>
public sealed class UploadTests : IAsyncLifetime
{
    private TranscriptionServer server = null!;

    public async Task InitializeAsync() => server = await TranscriptionServer.StartAsync(options => options.Transcription.MaxFileBytes = 100_000);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("speech")]
    [InlineData("../../etc/passwd")]
    [InlineData("\u00e4\u6587.mp3")]
    public async Task A_file_may_have_any_name(string name)
    {
        using var form = new MultipartFormDataContent { { new StringContent("tones"), "model" } };
        form.Add(new ByteArrayContent(Tones.Wav("a")), "file", name);
        using var response = await server.PostAsync("/v1/audio/transcriptions", form);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_may_have_no_name_at_all()
    {
        using var form = new MultipartFormDataContent { { new StringContent("tones"), "model" }, { new ByteArrayContent(Tones.Wav("a")), "file" } };
        using var response = await server.PostAsync("/v1/audio/transcriptions", form);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_413_with_the_number()
    {
        using var response = await server.SendAsync(new byte[100_001]);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("100000");
    }

    [Fact]
    public async Task A_body_that_announces_too_much_is_413_before_it_is_read()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Edge.Address.Host, server.Edge.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/audio/transcriptions HTTP/1.1\r\nHost: {server.Edge.Address.Authority}\r\nAuthorization: Bearer {server.Edge.Key}\r\n"
            + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 3000000\r\n\r\n"));
        using var reader = new StreamReader(stream);

        (await reader.ReadLineAsync().WaitAsync(Until.Patience))!.ShouldStartWith("HTTP/1.1 413");
    }

    [Fact]
    public async Task More_uploads_than_fit_are_503()
    {
        await using var small = await TranscriptionServer.StartAsync(options =>
        {
            options.Transcription.MaxFileBytes = 100_000;
            options.Transcription.MaxFileBytesTogether = 100_000;
        });
        var large = Tones.Wav(new float[40_000]);
        var memory = small.Edge.App.Services.GetRequiredService<FileMemory>();
        using var form = TranscriptionServer.Form(large);
        var bytes = await form.ReadAsByteArrayAsync();
        var pipe = new Pipe();
        using var slowly = new StreamContent(pipe.Reader.AsStream()) { Headers = { ContentType = form.Headers.ContentType } };
        var uploading = small.PostAsync("/v1/audio/transcriptions", slowly);
        await pipe.Writer.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await Until.TrueAsync(() => memory.Used > 0);

        using var refused = await small.SendAsync(large);
        await pipe.Writer.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        await pipe.Writer.CompleteAsync();
        using var fits = await uploading;
        using var again = await small.SendAsync(large);

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        fits.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        memory.Used.ShouldBe(0);
    }

    [Theory]
    [InlineData(100_000, HttpStatusCode.BadRequest)]
    [InlineData(100_001, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_file_of_exactly_the_limit_is_read(int bytes, HttpStatusCode status)
    {
        await using var small = await TranscriptionServer.StartAsync(options =>
        {
            options.Transcription.MaxFileBytes = 100_000;
            options.Transcription.MaxFileBytesTogether = 100_000;
        });
        using var response = await small.SendAsync(new byte[bytes]);

        response.StatusCode.ShouldBe(status);
        (await response.ErrorAsync()).GetProperty("code").GetString().ShouldBe(status == HttpStatusCode.BadRequest ? "invalid_audio" : "request_too_large");
    }

    [Theory]
    [InlineData("application/json", "{}", 415)]
    [InlineData("multipart/form-data", "", 415)]
    [InlineData("multipart/form-data; boundary=x", "", 400)]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ntones", 400)]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Type: a/b\r\n\r\ntones\r\n--x--\r\n", 400)]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nno header at all\r\n\r\ntones\r\n--x--\r\n", 400)]
    [InlineData("multipart/form-data; boundary=x", "--x--\r\n", 400)]
    [InlineData("multipart/form-data; boundary=x", "garbage", 400)]
    public async Task A_body_that_is_no_form_is_refused(string type, string body, int status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await server.PostAsync("/v1/audio/transcriptions", content);

        ((int)response.StatusCode).ShouldBe(status);
        (await response.ErrorAsync()).GetProperty("type").GetString().ShouldBe("invalid_request_error");
    }

    [Fact]
    public async Task A_recording_that_is_too_long_is_refused_however_few_bytes_it_has()
    {
        await using var strict = await TranscriptionServer.StartAsync(options => options.Transcription.MaxAudioSeconds = 5);
        using var response = await strict.SendAsync(Tones.Wav(new float[6 * 16_000]));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ErrorAsync()).GetProperty("code").GetString().ShouldBe("invalid_audio");
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no audio")]
    [InlineData("RIFF\u0001\u0001\u0001\u0001WAVEfmt ")]
    public async Task A_file_that_is_no_audio_is_400_naming_what_is_accepted(string bytes)
    {
        using var response = await server.SendAsync(Encoding.Latin1.GetBytes(bytes));

        await response.ShouldBeRefusedAsync("file", "invalid_audio");
    }
}
