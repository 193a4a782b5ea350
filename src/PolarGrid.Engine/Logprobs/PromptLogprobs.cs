namespace PolarGrid.Engine.Logprobs;

/// <summary>How likely each token of one prompt was, filled from the front while the prompt is computed.</summary>
internal sealed class PromptLogprobs
{
    private readonly float[] own;
    private readonly RankedToken[] ranked;
    private readonly int top;

    /// <param name="tokens">Of the prompt, 1 or more.</param>
    /// <param name="top">Alternatives of each token, 0 or more.</param>
    public PromptLogprobs(int tokens, int top)
    {
        this.top = top;
        own = new float[tokens];
        own[0] = float.NaN;
        ranked = new RankedToken[tokens * top];
    }

    /// <summary>Tokens whose log-probability is known; nothing precedes the first, so it needs none.</summary>
    public int Scored { get; private set; } = 1;

    public bool IsComplete => Scored == own.Length;

    /// <summary>Where the alternatives of the next token go; to be filled before <see cref="Add"/>.</summary>
    public Span<RankedToken> NextTop => ranked.AsSpan(Scored * top, top);

    public void Add(float logprob) => own[Scored++] = logprob;

    public float Own(int token) => own[token];

    /// <summary>Empty for the first token.</summary>
    public ReadOnlySpan<RankedToken> Top(int token) => token == 0 ? [] : ranked.AsSpan(token * top, top);
}
