using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using PolarGrid.Engine.Answers;

namespace PolarGrid.Engine.Running;

/// <summary>
/// Counts the tokens of one choice's thinking and says which token must come next once they are as many as the budget allows. Only a
/// block at the very beginning is thinking, as in <see cref="ReasoningReader"/>. Loop thread only.
/// </summary>
internal sealed class ThinkingMeter
{
    /// <summary>A character has at most four bytes, and each may be a token.</summary>
    private const int MostForCharacter = 3, LongestCharacter = 4;

    private readonly int most;
    private readonly byte[] open;
    private readonly byte[] close;
    private readonly List<byte> tail = [];
    private Place place;
    private int tokens;
    private int[]? forced;
    private int next;

    /// <param name="budget">Of the request.</param>
    /// <param name="ends">What ends thinking.</param>
    /// <param name="opened">Whether the prompt ended inside a thinking block.</param>
    public ThinkingMeter(ThinkingBudget budget, ThinkingEndTokens ends, bool opened)
    {
        most = budget.Tokens;
        open = Encoding.UTF8.GetBytes(budget.Markers.Open);
        close = Encoding.UTF8.GetBytes(budget.Markers.Close);
        Ends = ends;
        place = opened ? Place.Inside : Place.Before;
    }

    private enum Place
    {
        /// <summary>Nothing but white space and the beginning of a marker so far.</summary>
        Before,
        Inside,
        After,
    }

    public ThinkingEndTokens Ends { get; }

    /// <summary>The token that must come now, or -1 where the model chooses.</summary>
    public int Forced
    {
        get
        {
            if (place != Place.Inside) return -1;
            if (forced is null && tokens >= most && (tokens >= most + MostForCharacter || !IsInsideCharacter()))
            {
                forced = tail.Count == 0 || tail[^1] == '\n' ? Ends.OnNewLine : Ends.BehindText;
            }

            return forced is null ? -1 : forced[next];
        }
    }

    /// <summary>The forced token does not fit the answer's grammar: thinking goes on as long as the model wants.</summary>
    public void GiveUp() => place = Place.After;

    /// <summary>Takes the text of the token that came.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        if (place == Place.After) return;
        tail.AddRange(text);
        if (forced is not null)
        {
            if (++next == forced.Length) place = Place.After;
        }
        else if (place == Place.Before)
        {
            Begin();
        }
        else
        {
            tokens++;
            Look();
        }
    }

    private void Begin()
    {
        var text = CollectionsMarshal.AsSpan(tail);
        var space = Markers.SpaceLength(text);
        switch (Markers.At(text[space..], open))
        {
            case Match.No:
                place = Place.After;
                break;
            case Match.Yes:
                place = Place.Inside;
                tail.RemoveRange(0, space + open.Length);

                // A token that holds the marker and more is one of thinking too.
                if (tail.Count > 0) tokens++;
                Look();
                break;
        }
    }

    private void Look()
    {
        if (CollectionsMarshal.AsSpan(tail).IndexOf(close) >= 0) place = Place.After;
        var needed = Math.Max(LongestCharacter, close.Length - 1);
        if (tail.Count > needed) tail.RemoveRange(0, tail.Count - needed);
    }

    private bool IsInsideCharacter() =>
        tail.Count > 0 && Rune.DecodeLastFromUtf8(CollectionsMarshal.AsSpan(tail), out _, out _) == OperationStatus.NeedMoreData;
}

/// <summary>Tokens that end thinking, at least one each.</summary>
/// <param name="BehindText">A line end and the closing marker.</param>
/// <param name="OnNewLine">The closing marker alone.</param>
internal sealed record ThinkingEndTokens(int[] BehindText, int[] OnNewLine)
{
    /// <summary>The closing marker where it is one token of its own, else -1.</summary>
    public int Marker => OnNewLine is [var marker] ? marker : -1;
}
