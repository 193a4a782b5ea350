using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools.Parsing;

namespace PolarGrid.Engine.Tools;

/// <summary>
/// Finds calls in the text of one choice. Content goes out as it comes, except white space and beginnings of markers, which wait;
/// a call's opening waits until its name is known, its arguments go out as they come. An opening that turns out to be none is content.
/// </summary>
internal sealed class ToolCallReader(ToolFormat format, IReadOnlyList<string> names, IAnswerSink sink) : ITextTaker
{
    /// <summary>A longer opening is no call: openings are read anew with every piece.</summary>
    private const int LongestHead = 32 * 1024;

    private readonly HeldText held = new();
    private readonly ArgumentReader arguments = new();
    private Place place = Place.Content;
    private bool called;

    private enum Place
    {
        Content,

        /// <summary>At an opener, or at the white space before it.</summary>
        Head,

        /// <summary>At a further call that has no opener of its own.</summary>
        NextHead,
        Arguments,
        Tail,
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        held.Append(text);
        while (held.Length > 0 && Step())
        {
        }
    }

    public void End()
    {
        switch (place)
        {
            case Place.Content or Place.Head or Place.NextHead:
                var onlySpace = Markers.SpaceLength(held.Text) == held.Length;
                if (called && onlySpace) Settle(held.Length, isContent: false);
                else Say(held.Length);
                break;
            default:
                Settle(held.Length, isContent: false);
                sink.CallEnded();
                break;
        }

        place = Place.Content;
    }

    /// <returns>False when more text is needed.</returns>
    private bool Step() => place switch
    {
        Place.Content => ReadContent(),
        Place.Head => ReadHead(first: true),
        Place.NextHead => ReadHead(first: false),
        Place.Arguments => ReadArguments(),
        _ => ReadTail(),
    };

    private bool ReadContent()
    {
        var text = held.Text;
        var (first, begun) = (-1, 0);
        foreach (var opener in format.Openers)
        {
            var at = text.IndexOf(opener);
            if (at >= 0 && (first < 0 || at < first)) first = at;
            begun = Math.Max(begun, Markers.BegunAtEnd(text, opener));
        }

        var content = Markers.TrimEnd(first >= 0 ? text[..first] : text[..^begun]);
        Say(content.Length);
        if (first >= 0) place = Place.Head;
        return first >= 0;
    }

    private bool ReadHead(bool first)
    {
        var space = first ? Markers.SpaceLength(held.Text) : 0;
        var match = format.Head(held.Text[space..], first, out var head);
        if (match == Match.NotYet && held.Length <= LongestHead) return false;
        if (match != Match.Yes || !names.Contains(head.Name))
        {
            Reject(space, first);
            return true;
        }

        called = true;
        sink.CallStarted(head.Name);
        if (head.Given is { } given) GiveArguments(held.Text.Slice(space + given.Start, given.Length));
        Settle(space + head.Length, isContent: false);
        place = head.Given is null ? Place.Arguments : Place.Tail;
        arguments.Reset();
        return true;
    }

    /// <summary>What looked like an opener was none: it is content, and behind it the search goes on.</summary>
    private void Reject(int space, bool first)
    {
        place = Place.Content;
        if (!first) return;
        foreach (var opener in format.Openers)
        {
            if (!held.Text[space..].StartsWith(opener)) continue;
            Say(space + opener.Length);
            return;
        }
    }

    private void GiveArguments(ReadOnlySpan<byte> json)
    {
        arguments.Reset();
        if (json.IsEmpty) sink.Arguments("{}"u8);
        else arguments.Read(json, sink);
    }

    private bool ReadArguments()
    {
        Settle(arguments.Read(held.Text, sink), isContent: false);
        if (arguments.IsComplete) place = Place.Tail;
        return arguments.IsComplete;
    }

    private bool ReadTail()
    {
        var match = format.Tail(held.Text, out var tail);
        if (match == Match.NotYet) return false;
        sink.CallEnded();
        place = match == Match.Yes && tail.Another ? Place.NextHead : Place.Content;
        if (match == Match.Yes) Settle(tail.Length, isContent: false);
        return true;
    }

    private void Say(int length)
    {
        var text = held.Text[..length];
        Settle(length, isContent: true);
        if (length > 0) sink.Content(text);
    }

    /// <summary>Takes text from the front and tells what it is.</summary>
    private void Settle(int length, bool isContent)
    {
        if (length > 0) sink.Settled(held.Text[..length], isContent);
        held.Drop(length);
    }
}
