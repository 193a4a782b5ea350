using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Logprobs;

/// <summary>
/// The log-probabilities of one choice on their way out: a token's record waits until the first character that it has a part in is
/// released, and is dropped when a stop string takes that character away. Loop thread only.
/// </summary>
internal sealed class LogprobTrack(TokenNames names)
{
    private readonly LogprobBlock waiting = new();
    private readonly LogprobBlock kept = new();
    private readonly Queue<Place> places = [];
    private long released;

    /// <summary>Adds a token before its text goes to the assembler.</summary>
    /// <param name="token">Chosen, or of the prompt.</param>
    /// <param name="logprob">Its own.</param>
    /// <param name="top">The likeliest tokens of this place.</param>
    /// <param name="text">The assembler that will take its bytes.</param>
    /// <param name="isSilent">Whether there are none.</param>
    public void Add(int token, float logprob, ReadOnlySpan<RankedToken> top, TextAssembler text, bool isSilent)
    {
        var start = waiting.Count;
        Write(token, logprob, text.Characters, top.Length);
        foreach (var (other, its) in top) Write(other, its, text.Characters, 0);
        places.Enqueue(new Place(text.AssembledBytes, start, waiting.Count - start, isSilent));
    }

    /// <summary>Moves the records of released text into a block.</summary>
    /// <param name="bytes">How much text has just been released.</param>
    /// <param name="allOut">Whether nothing is held back any more.</param>
    /// <param name="into">Cleared first.</param>
    public void Release(int bytes, bool allOut, LogprobBlock into)
    {
        into.Clear();
        released += bytes;
        while (places.TryPeek(out var place) && (place.StartByte < released || allOut || (place.IsSilent && place.StartByte == released)))
        {
            places.Dequeue();
            into.Append(waiting, place.Record, place.Records);
        }

        Compact();
    }

    private void Compact()
    {
        if (places.Count == 0)
        {
            waiting.Clear();
            return;
        }

        // Few tokens are ever held back, so that copying them is cheap.
        kept.Clear();
        for (var left = places.Count; left > 0; left--)
        {
            var place = places.Dequeue();
            places.Enqueue(place with { Record = kept.Count });
            kept.Append(waiting, place.Record, place.Records);
        }

        waiting.Clear();
        waiting.Append(kept, 0, kept.Count);
    }

    private void Write(int token, float logprob, int characters, int alternatives)
    {
        var utf8 = names.Of(token, out var control);
        waiting.Add(new TokenLogprob(token, logprob, 0, 0, control, characters, alternatives), utf8);
    }

    /// <summary>Where a token stands in the text and in the block.</summary>
    private readonly record struct Place(long StartByte, int Record, int Records, bool IsSilent);
}
