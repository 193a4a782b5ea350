using PolarGrid.Edge.Generation;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Streaming;

/// <summary>Gathers the same events that a stream would send into complete answers.</summary>
internal sealed class WholeAnswer
{
    private readonly ChoiceRecord[] choices;
    private readonly AnswerShape? shape;

    private WholeAnswer(GenerationRun run)
    {
        shape = run.Shape;
        choices = [.. run.Streams.SelectMany(stream => Enumerable.Range(0, run.ChoicesEach).Select(_ => new ChoiceRecord(shape, stream.OpensInThinking)))];
    }

    public int Choices => choices.Length;

    /// <summary>Set when the request failed; the texts are then worthless.</summary>
    public EngineError? Error { get; private set; }

    public static async Task<WholeAnswer> CollectAsync(GenerationRun run)
    {
        var answer = new WholeAnswer(run);
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
            run.ReasoningTokens = answer.choices.Sum(choice => choice.ReasoningTokens);
            await run.StopAsync();
        }
    }

    public ChoiceRecord this[int choice] => choices[choice];

    public string Text(int choice) => choices[choice].Text;

    /// <summary>As on the wire; an answer that was cut off in its calls says so.</summary>
    public string FinishReason(int choice)
    {
        var record = choices[choice];
        if (record.Finish == Engine.FinishReason.Length) return "length";
        if (record.Calls.Count == 0) return "stop";
        return shape!.AsFunctionCall ? "function_call" : "tool_calls";
    }

    /// <summary>Those of a choice's tokens; none where they were not asked for.</summary>
    public LogprobRange Logprobs(int choice) => new(choices[choice].Logprobs, 0, choices[choice].Logprobs.Count);

    private async Task ReadAsync(GenerationRun run, GenerationStream stream, int firstChoice)
    {
        while (await stream.WaitAsync())
        {
            var tokens = 0;
            while (stream.TryRead(out var item))
            {
                tokens += item.Tokens;
                if (item.Kind == TokenEventKind.Failed) Error = stream.Error;
                else if (item.Kind == TokenEventKind.ChoiceFinished) choices[firstChoice + item.Choice].End(item.Finish);
                else if (item.Kind == TokenEventKind.Delta) Add(stream, item, choices[firstChoice + item.Choice]);
            }

            if (tokens > 0) run.CountTokens();
        }
    }

    private static void Add(GenerationStream stream, in TokenEvent item, ChoiceRecord choice) =>
        choice.Add(stream.TextOf(item), item.Tokens, item.Logprobs > 0 ? stream.LogprobsOf(item) : null);
}
