using System.Buffers;
using System.Text;
using PolarGrid.Edge.Generation;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Streaming;

/// <summary>Gathers the same events that a stream would send into complete texts.</summary>
internal sealed class WholeAnswer
{
    private readonly ArrayBufferWriter<byte>[] texts;
    private readonly FinishReason[] reasons;
    private readonly LogprobBlock?[] logprobs;

    private WholeAnswer(int choices)
    {
        texts = [.. Enumerable.Range(0, choices).Select(_ => new ArrayBufferWriter<byte>())];
        reasons = new FinishReason[choices];
        logprobs = new LogprobBlock?[choices];
    }

    public int Choices => texts.Length;

    /// <summary>Set when the request failed; the texts are then worthless.</summary>
    public EngineError? Error { get; private set; }

    public static async Task<WholeAnswer> CollectAsync(GenerationRun run)
    {
        var answer = new WholeAnswer(run.Streams.Count * run.ChoicesEach);
        try
        {
            for (var index = 0; index < run.Streams.Count && answer.Error is null; index++)
            {
                await answer.ReadAsync(run, run.Streams[index], index * run.ChoicesEach);
            }

            return answer;
        }
        finally
        {
            await run.StopAsync();
        }
    }

    public string Text(int choice) => Encoding.UTF8.GetString(texts[choice].WrittenSpan);

    public string FinishReason(int choice) => reasons[choice] == Engine.FinishReason.Length ? "length" : "stop";

    /// <summary>Those of a choice's tokens; none where they were not asked for.</summary>
    public LogprobRange Logprobs(int choice)
    {
        var block = logprobs[choice] ??= new LogprobBlock();
        return new(block, 0, block.Count);
    }

    private async Task ReadAsync(GenerationRun run, GenerationStream stream, int firstChoice)
    {
        while (await stream.WaitAsync())
        {
            var tokens = 0;
            while (stream.TryRead(out var item))
            {
                tokens += item.Tokens;
                if (item.Kind == TokenEventKind.Failed) Error = stream.Error;
                else if (item.Kind == TokenEventKind.ChoiceFinished) reasons[firstChoice + item.Choice] = item.Finish;
                else if (item.Kind == TokenEventKind.Delta) Add(stream, item, firstChoice + item.Choice);
            }

            if (tokens > 0) run.CountTokens();
        }
    }

    private void Add(GenerationStream stream, in TokenEvent item, int choice)
    {
        texts[choice].Write(stream.TextOf(item));
        if (item.Logprobs == 0) return;
        var range = stream.LogprobsOf(item);
        (logprobs[choice] ??= new LogprobBlock()).Append(range.Block, range.Start, range.Count);
    }
}
