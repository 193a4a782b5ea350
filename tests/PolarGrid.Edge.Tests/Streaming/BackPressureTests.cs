using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Streaming;
using PolarGrid.Engine;
using Shouldly;

namespace PolarGrid.Edge.Tests.Streaming;

public sealed class BackPressureTests
{
    private const int BufferBytes = 64 * 1024, Tokens = 20_000;

    [Fact]
    public async Task Backlog_waits_in_the_engines_stream_until_the_reader_takes_it()
    {
        using var services = new ServiceCollection().AddMetricsForTest();
        var (run, stream) = services.NewRun();
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: BufferBytes, resumeWriterThreshold: BufferBytes / 2));
        var context = ContextOver(pipe.Writer);
        WriteBacklog(stream, Tokens);
        await using var events = new EventStream(context, new StreamingOptions(), TimeProvider.System);

        var sending = new StreamedAnswer(events, run, ChunkFormat.ForChat(new("chatcmpl-1", 1, "m", "fp_1"), false), "eu").SendAsync();

        var first = await pipe.Reader.ReadAsync();
        first.Buffer.Length.ShouldBeInRange(1, BufferBytes * 3 / 2);
        sending.IsCompleted.ShouldBeFalse();
        pipe.Reader.AdvanceTo(first.Buffer.End);

        long total = first.Buffer.Length;
        var emptying = Task.Run(async () =>
        {
            while (await pipe.Reader.ReadAsync() is { IsCompleted: false } next)
            {
                next.Buffer.Length.ShouldBeLessThan(BufferBytes * 3 / 2);
                total += next.Buffer.Length;
                pipe.Reader.AdvanceTo(next.Buffer.End);
            }
        });
        await sending;
        await pipe.Writer.CompleteAsync();
        await emptying;
        total.ShouldBeGreaterThan(Tokens * 150);
    }

    private static DefaultHttpContext ContextOver(PipeWriter writer)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(new RequestState { RequestId = "req_1", Started = 0, Profile = ApiProfile.PolarGrid });
        context.Features.Set<IHttpResponseBodyFeature>(new PipeBody(writer));
        return context;
    }

    private static void WriteBacklog(GenerationStream stream, int tokens)
    {
        stream.Start(1, 0);
        for (var token = 0; token < tokens; token++) stream.Write(0, "word "u8, 1);
        stream.Finish(0, FinishReason.Stop, 1);
        stream.Complete();
    }

    private sealed class PipeBody(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => Stream.Null;

        public PipeWriter Writer => writer;

        public Task CompleteAsync() => Task.CompletedTask;

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
