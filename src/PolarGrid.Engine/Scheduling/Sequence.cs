using PolarGrid.Engine.Drafting;
using PolarGrid.Engine.Grammars.Tokens;
using PolarGrid.Engine.Logprobs;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Scheduling;

/// <summary>Where a sequence is. Only the scheduler changes it.</summary>
internal enum SequenceState : byte
{
    /// <summary>In the queue, without a slot.</summary>
    Waiting,

    /// <summary>Has a slot; some known tokens are not computed yet.</summary>
    Prefill,

    /// <summary>Has a slot; each step computes its newest token.</summary>
    Decode,

    /// <summary>Ended, for whatever reason.</summary>
    Finished,
}

/// <summary>One choice of one request: its tokens and how many of them are in the KV cache.</summary>
internal sealed class Sequence(SequenceGroup group, int choice, int[] prompt, int maxTokens)
{
    private int[]? draft;

    /// <summary>Prompt and generated tokens. The newest generated one is not computed yet.</summary>
    public List<int> Tokens { get; } = [.. prompt];

    public SequenceGroup Group => group;

    public int Choice => choice;

    public int PromptTokens => prompt.Length;

    /// <summary>Most tokens to generate.</summary>
    public int MaxTokens => maxTokens;

    public int Generated => Tokens.Count - PromptTokens;

    /// <summary>How many of <see cref="Tokens"/> have their keys and values in the cache.</summary>
    public int Computed { get; set; }

    /// <summary>Its sequence number in the native cache, -1 without one.</summary>
    public int Slot { get; set; } = -1;

    public SequenceState State { get; set; }

    /// <summary>Order of arrival; a preempted sequence keeps its place.</summary>
    public long Arrival { get; set; }

    /// <summary>The step in which it last decoded; who waited longest is next when not all fit.</summary>
    public long DecodedAt { get; set; }

    /// <summary>While it waits for another slot to compute what it will share: that slot and up to where.</summary>
    public (int Slot, long Arrival, int Tokens)? AwaitedPrefix { get; set; }

    /// <summary>Created by the loop when the first token is due; outlives preemption.</summary>
    public ISequenceSampler? Sampler { get; set; }

    /// <summary>What its text must look like; null when it is free. Used by the loop's thread only.</summary>
    public TokenConstraint? Constraint { get; init; }

    /// <summary>Bounds its thinking; null where nothing does. Used by the loop's thread only.</summary>
    public ThinkingMeter? Thinking { get; init; }

    /// <summary>From tokens to text; created with the sequence.</summary>
    public TextAssembler Text { get; } = new(group.StopStrings, group.StopUntil, group.NewThoughtSpan()) { CountsCharacters = group.Request.TopLogprobs is not null };

    /// <summary>Log-probabilities of tokens whose text is held back; null until the first one is asked for.</summary>
    public LogprobTrack? Logprobs { get; set; }

    /// <summary>
    /// Prompt tokens that must be computed although they may be cached, because the logits after them are asked for: those from this
    /// position on. Beyond every position where none are.
    /// </summary>
    public int FirstScored => choice == 0 && group.PromptLogprobs is { IsComplete: false } scores ? scores.Scored - 1 : int.MaxValue;

    public int Pending => Tokens.Count - Computed;

    /// <summary>How many tokens of its prompt the step computes.</summary>
    public int Share { get; set; }

    /// <summary>Foretells its tokens; null until the first step in which that is of use.</summary>
    public PromptLookup? Lookup { get; set; }

    /// <summary>How many tokens were foretold for this step, computed or not.</summary>
    public int Foretold { get; set; }

    /// <summary>How many foretold tokens the step computes behind the newest token.</summary>
    public int Drafted { get; set; }

    /// <summary>The foretold tokens; at least <see cref="Drafted"/>.</summary>
    public ReadOnlySpan<int> Draft => draft;

    /// <summary>Where foretold tokens are written.</summary>
    /// <param name="most">The same in every call.</param>
    public Span<int> RoomForDraft(int most) => draft ??= new int[most];
}

/// <summary>The choices of one request, which share prompt and stream.</summary>
internal sealed class SequenceGroup(GenerationRequest request, GenerationStream stream, IReadOnlyList<byte[]> stopStrings)
{
    public GenerationRequest Request => request;

    public GenerationStream Stream => stream;

    public IReadOnlyList<byte[]> StopStrings => stopStrings;

    /// <summary>Whether the prompt ended inside a thinking block.</summary>
    public bool OpensInThinking { get; init; }

    /// <summary>For a choice in whose thinking stop strings do not count; null where they count everywhere.</summary>
    public ThoughtSpan? NewThoughtSpan() => request.StopBehind is { } markers ? new ThoughtSpan(markers, OpensInThinking) : null;

    /// <summary>Texts from which on stop strings do not count.</summary>
    public IReadOnlyList<byte[]> StopUntil { get; init; } = [];

    /// <summary>All choices; the first one computes the prompt for all.</summary>
    public List<Sequence> Choices { get; } = [];

    /// <summary>Choices that wait for the first one to finish the prompt.</summary>
    public List<Sequence> Unforked { get; } = [];

    /// <summary>Of the prompt's tokens; null unless they are asked for.</summary>
    public PromptLogprobs? PromptLogprobs { get; init; }

    /// <summary>Whether it left the queue, or will never be in it again.</summary>
    public bool Seated { get; set; }

    /// <summary>Whether the stream has its first event.</summary>
    public bool Started { get; set; }

    /// <summary>Prompt tokens taken from cached prefixes when the first choice got its slot.</summary>
    public int CachedTokens { get; set; }

    /// <summary>From submission to the first step with a part of it.</summary>
    public TimeSpan QueueTime { get; set; }

    /// <summary>Control tokens that are text in this answer.</summary>
    public IReadOnlyDictionary<int, byte[]>? ShownTokens { get; init; }

    /// <summary>When the request came in, in the clock's ticks.</summary>
    public long SubmittedAt { get; init; }

    public bool IsFinished => Choices.TrueForAll(choice => choice.State == SequenceState.Finished);
}
