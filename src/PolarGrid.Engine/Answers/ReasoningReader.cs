using System.Text;

namespace PolarGrid.Engine.Answers;

/// <summary>
/// Takes the thinking off the front of one choice's text. Only a block at the very beginning counts: a marker that stands later is
/// something that the model talks about.
/// </summary>
/// <param name="markers">Of the model.</param>
/// <param name="opened">Whether the prompt ended inside the block.</param>
/// <param name="style">What becomes of it.</param>
/// <param name="sink">Gets the thinking.</param>
/// <param name="answer">Gets the text after it.</param>
internal sealed class ReasoningReader(ReasoningMarkers markers, bool opened, ReasoningStyle style, IAnswerSink sink, ITextTaker answer)
{
    private readonly byte[] open = Encoding.UTF8.GetBytes(markers.Open);
    private readonly byte[] close = Encoding.UTF8.GetBytes(markers.Close);
    private readonly HeldText held = new();
    private Place place = opened ? Place.Opened : Place.Before;
    private bool trims;

    private enum Place
    {
        /// <summary>Nothing but white space so far.</summary>
        Before,

        /// <summary>The prompt opened the block, and nothing was written since.</summary>
        Opened,
        Inside,

        /// <summary>Between the block and the first letter of the answer.</summary>
        Behind,
        After,
    }

    /// <summary>Whether the next text is thinking, as far as can be told.</summary>
    public bool IsInside => place is Place.Opened or Place.Inside;

    public void Add(ReadOnlySpan<byte> text)
    {
        if (place == Place.After)
        {
            answer.Add(text);
            return;
        }

        held.Append(text);
        while (place != Place.After && held.Length > 0 && Step())
        {
        }

        if (place == Place.After) PassOn();
    }

    /// <summary>No more text comes.</summary>
    public void End()
    {
        if (place is not (Place.Inside or Place.Behind))
        {
            answer.Add(held.Text);
        }
        else
        {
            Settle(held.Length);
            if (place == Place.Inside) Think(style == ReasoningStyle.Inline ? held.Text : Markers.TrimEnd(held.Text));
        }

        held.Drop(held.Length);
        place = Place.After;
    }

    /// <returns>False when more text is needed.</returns>
    private bool Step() => place switch
    {
        Place.Before => Begin(),
        Place.Opened => BeginOpened(),
        Place.Inside => Read(),
        _ => GoOn(),
    };

    private bool Begin()
    {
        var space = Markers.SpaceLength(held.Text);
        switch (Markers.At(held.Text[space..], open))
        {
            case Match.NotYet:
                return false;
            case Match.No:
                place = Place.After;
                return true;
            default:
                Settle(space + open.Length);
                if (style == ReasoningStyle.Inline) sink.Content(held.Text[..(space + open.Length)]);
                held.Drop(space + open.Length);
                Enter();
                return true;
        }
    }

    /// <summary>The reader of inline thinking did not see the marker in the prompt; a model may also write it once more.</summary>
    private bool BeginOpened()
    {
        var space = Markers.SpaceLength(held.Text);
        var again = Markers.At(held.Text[space..], open);
        if (again == Match.NotYet) return false;
        if (again == Match.Yes) Leave(space + open.Length);
        if (style == ReasoningStyle.Inline)
        {
            sink.Content(open);
            if (held.Length == 0 || held.Text[0] != '\n') sink.Content("\n"u8);
        }

        Enter();
        return true;
    }

    private void Enter()
    {
        place = Place.Inside;
        trims = style != ReasoningStyle.Inline;
    }

    private bool Read()
    {
        if (trims)
        {
            Leave(Markers.SpaceLength(held.Text));
            trims = held.Length == 0;
            if (trims) return false;
        }

        var end = held.Text.IndexOf(close);
        if (end >= 0)
        {
            Settle(end + close.Length);
            if (style == ReasoningStyle.Inline) sink.Content(held.Text[..(end + close.Length)]);
            else Think(Markers.TrimEnd(held.Text[..end]));
            held.Drop(end + close.Length);
            place = style == ReasoningStyle.Inline ? Place.After : Place.Behind;
            return true;
        }

        var sure = held.Text[..^Markers.BegunAtEnd(held.Text, close)];
        if (style != ReasoningStyle.Inline) sure = Markers.TrimEnd(sure);
        Settle(sure.Length);
        Think(sure);
        held.Drop(sure.Length);
        return false;
    }

    private bool GoOn()
    {
        Leave(Markers.SpaceLength(held.Text));
        if (held.Length > 0) place = Place.After;
        return true;
    }

    /// <summary>Tells that text at the front belongs to the block: content where that is the answer's own text.</summary>
    private void Settle(int length)
    {
        if (length > 0) sink.Settled(held.Text[..length], style == ReasoningStyle.Inline);
    }

    private void Leave(int length)
    {
        Settle(length);
        held.Drop(length);
    }

    private void Think(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return;
        if (style == ReasoningStyle.Inline) sink.Content(text);
        else if (style == ReasoningStyle.Separate) sink.Reasoning(text);
    }

    private void PassOn()
    {
        if (held.Length > 0) answer.Add(held.Text);
        held.Drop(held.Length);
    }
}
