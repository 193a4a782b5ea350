using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Streaming;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Accounting;

/// <summary>How a request is counted whose end meets something else: a caller who closes, a bug, a ledger that is slow.</summary>
public sealed class CountedEndTests
{
    /// <summary>Answers, and is still there when the caller closes behind the last byte.</summary>
    [Theory]
    [InlineData("stream", "data: [DONE]", "200|answered")]
    [InlineData("whole", "server_error", "200|answered")]
    [InlineData("refused", "server_error", "500|failed")]
    public async Task Who_closes_behind_the_last_byte_had_the_whole_answer(string kind, string last, string end)
    {
        var seen = new TaskCompletionSource();
        await using var server = await StartAsync(async context =>
        {
            var error = new ApiError(ErrorTable.Internal, ErrorTable.Internal.Sentence);
            if (kind == "stream")
            {
                await using var events = new EventStream(context, new StreamingOptions(), TimeProvider.System);
                await events.EndAsync(() => ErrorWriter.WriteEvent(events.Output, error));
            }
            else if (kind == "whole")
            {
                await JsonBody.WriteAsync(context, ErrorWriter.BodyOf(error, RequestState.Of(context)), Contracts.WireJson.Wire.ErrorResponse);
            }
            else
            {
                await ErrorWriter.WriteAsync(context, error);
            }

            await seen.Task;
            await Until.TrueAsync(() => context.RequestAborted.IsCancellationRequested);
        });

        await ReadUntilAsync(server, last);
        seen.SetResult();

        (await new UsageTables(server).RecordsAsync(1)).Single().ShouldContain($"|{end}|");
    }

    [Fact]
    public async Task Who_closes_before_the_last_byte_has_left()
    {
        var seen = new TaskCompletionSource();
        await using var server = await StartAsync(async context =>
        {
            await using var events = new EventStream(context, new StreamingOptions(), TimeProvider.System);
            await events.SendAsync(() => events.Output.Write("data: begun\n\n"u8));
            await seen.Task;
            await Until.TrueAsync(() => context.RequestAborted.IsCancellationRequested);
        });

        await ReadUntilAsync(server, "data: begun");
        seen.SetResult();

        (await new UsageTables(server).RecordsAsync(1)).Single().ShouldContain("|200|cancelled|");
    }

    [Fact]
    public async Task A_bug_in_the_middle_of_events_is_told_as_one_and_counted_as_failed()
    {
        await using var server = await StartAsync(async context =>
        {
            await using var events = new EventStream(context, new StreamingOptions(), TimeProvider.System);
            await events.RunAsync(
                async () =>
                {
                    await events.SendAsync(() => events.Output.Write("data: begun\n\n"u8));
                    throw new InvalidOperationException("secret");
                },
                NullLogger.Instance);
        });

        using var client = server.NewClient(server.Key);
        var answer = await client.GetStringAsync(Path);

        answer.ShouldStartWith("data: begun\n\n");
        answer.ShouldContain("server_error");
        answer.ShouldNotContain("[DONE]");
        answer.ShouldNotContain("secret");
        (await new UsageTables(server).RecordsAsync(1)).Single().ShouldContain("|200|failed|");
    }

    [Fact]
    public async Task A_bug_in_the_middle_of_an_answer_is_counted_as_failed()
    {
        await using var server = await StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync("half of it"u8.ToArray());
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException();
        });

        using var client = server.NewClient(server.Key);
        await Should.ThrowAsync<HttpRequestException>(() => client.GetStringAsync(Path));

        (await new UsageTables(server).RecordsAsync(1)).Single().ShouldContain("|200|failed|");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"stream\":true")]
    public async Task A_ledger_that_has_no_room_does_not_hold_an_answers_end_back(string field)
    {
        var ledger = new FullLedger();
        await using var server = await EdgeServer.StartAsync(usage: ledger);

        using (var answer = await server.ChatAsync(field))
        {
            (await answer.Content.ReadAsStringAsync().WaitAsync(Until.Patience)).ShouldContain("test-model");
        }

        ledger.Room.Task.IsCompleted.ShouldBeFalse();
        ledger.Asked.ShouldBeTrue();
        ledger.Room.SetResult();
    }

    private const string Path = "/v1/an-endpoint";

    private static Task<EdgeServer> StartAsync(RequestDelegate answer) => EdgeServer.StartAsync(
        map: app => app.MapGet(Path, answer).WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), new Metered(UsageKind.Chat)));

    /// <summary>Asks, reads until that text has come, and closes.</summary>
    private static async Task ReadUntilAsync(EdgeServer server, string last)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await socket.SendAsync(Encoding.UTF8.GetBytes($"GET {Path} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {server.Key}\r\n\r\n"));
        var (text, buffer) = ("", new byte[4000]);
        while (!text.Contains(last, StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer).WaitAsync(Until.Patience);
            read.ShouldBeGreaterThan(0);
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }
    }

    /// <summary>Has no room for a record until the test says so.</summary>
    private sealed class FullLedger : IUsageSink
    {
        public TaskCompletionSource Room { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Asked { get; private set; }

        public ValueTask AddAsync(UsageRecord record)
        {
            Asked = true;
            return new(Room.Task);
        }
    }
}
