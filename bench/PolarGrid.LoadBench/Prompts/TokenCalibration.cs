using PolarGrid.LoadBench.Client;

namespace PolarGrid.LoadBench.Prompts;

/// <summary>How many tokens the model's tokenizer makes of our words, learnt from the server's own count.</summary>
/// <param name="TemplateTokens">Added by the chat template to a request with one message.</param>
internal sealed record TokenCalibration(double TokensPerWord, int TemplateTokens)
{
    private const int FewWords = 20;
    private const int ManyWords = 100;

    /// <summary>One word is one token: what common words are in most tokenizers.</summary>
    public static TokenCalibration Assumed { get; } = new(1, 16);

    public static async Task<TokenCalibration> MeasureAsync(ChatClient client, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var few = await client.SendAsync(new ChatRequest(null, PromptSource.Words(random, FewWords), 1), cancellationToken);
        var many = await client.SendAsync(new ChatRequest(null, PromptSource.Words(random, ManyWords), 1), cancellationToken);
        if ((few.Error ?? many.Error) is { } error) throw new InvalidOperationException($"The server refused a first request: {error}");
        if (few.PromptTokens == 0) return Assumed;
        var slope = (many.PromptTokens - few.PromptTokens) / (double)(ManyWords - FewWords);
        return new TokenCalibration(slope, Math.Max(0, (int)(few.PromptTokens - (slope * FewWords))));
    }
}
