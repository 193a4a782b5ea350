using System.Buffers;
using System.Text;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Text;
using Shouldly;

namespace PolarGrid.Engine.Llama.Tests;

internal static class RunnerExtensions
{
    public static int[] Encode(this ITokenizer tokenizer, string text)
    {
        var tokens = new ArrayBufferWriter<int>();
        tokenizer.Encode(text, tokens);
        return tokens.WrittenSpan.ToArray();
    }

    /// <summary>The tokens of a prompt as the model was trained to see it.</summary>
    public static int[] Prompt(this ITokenizer tokenizer, string text) =>
        tokenizer.AddsBeginOfText ? [tokenizer.BeginOfText!.Value, .. tokenizer.Encode(text)] : tokenizer.Encode(text);

    public static string Decode(this ITokenizer tokenizer, IEnumerable<int> tokens)
    {
        var utf8 = new List<byte>();
        var piece = new byte[tokenizer.LongestPieceBytes];
        foreach (var token in tokens) utf8.AddRange(piece.AsSpan(0, tokenizer.Decode(token, piece)));
        return Encoding.UTF8.GetString([.. utf8]);
    }

    /// <summary>Computes tokens of one sequence in one pass and asks for output at the last.</summary>
    public static void Feed(this LlamaRunner runner, ReadOnlySpan<int> tokens, int sequence = 0, int start = 0)
    {
        var entries = new BatchEntry[tokens.Length];
        for (var i = 0; i < tokens.Length; i++) entries[i] = new BatchEntry(tokens[i], start + i, sequence, i == tokens.Length - 1);
        runner.Decode(entries).ShouldBe(DecodeStatus.Ok);
    }

    /// <summary>Continues a sequence alone, one token per pass.</summary>
    public static List<int> Generate(
        this LlamaRunner runner, int[] prompt, int count, SamplingSettings? settings = null, int sequence = 0, bool allowEnd = false)
    {
        using var sampler = runner.CreateSampler(settings ?? new SamplingSettings { Temperature = 0 }, prompt);
        runner.Feed(prompt, sequence);
        return runner.Continue(sampler, prompt.Length - 1, prompt.Length, count, sequence, allowEnd);
    }

    public static List<int> Continue(
        this LlamaRunner runner, ISequenceSampler sampler, int batchIndex, int position, int count, int sequence, bool allowEnd = false)
    {
        var generated = new List<int> { sampler.Sample(batchIndex, allowEnd) };
        while (generated.Count < count)
        {
            runner.Feed([generated[^1]], sequence, position++);
            generated.Add(sampler.Sample(0, allowEnd));
        }

        return generated;
    }
}
