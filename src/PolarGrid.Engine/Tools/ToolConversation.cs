using System.Text;

namespace PolarGrid.Engine.Tools;

/// <summary>
/// Does in messages what a template does not do itself: lists the tools, and writes earlier calls and their results as text. The
/// model reads of its tools in either case.
/// </summary>
internal static class ToolConversation
{
    public static ChatPrompt Adapt(ChatPrompt chat, TemplateTraits traits)
    {
        var format = ToolFormat.Of(traits.Tools);
        var messages = traits.ShowsCalls ? Arrange(chat.Messages, format, traits) : Write(chat.Messages, format);
        if (chat.Tools is not { } tools || traits.ListsTools)
        {
            return ReferenceEquals(messages, chat.Messages) ? chat : chat with { Messages = messages };
        }

        var instructions = Instructions(tools.GetRawText(), format);
        return chat with { Tools = null, Messages = Instruct(messages, instructions, traits.TakesSystemMessage) };
    }

    private static string Instructions(string tools, ToolFormat format) =>
        $"You can call tools. This is their list:\n{tools}\n\nTo call a tool, answer with its name and arguments in exactly this form:\n"
        + format.Write([new ToolCall("", "tool_name", "{\"argument\": \"value\"}")])
        + "\n\nThe results come in the next message. Call a tool only when it helps; otherwise answer in words.";

    private static IReadOnlyList<ChatTurn> Instruct(IReadOnlyList<ChatTurn> messages, string instructions, bool bySystem)
    {
        if (bySystem && messages[0].Role != "system") return [new ChatTurn { Role = "system", Content = instructions }, .. messages];
        var first = messages[0];
        return bySystem || first.Role == "user"
            ? [first with { Content = bySystem ? $"{first.Content}\n\n{instructions}" : $"{instructions}\n\n{first.Content}" }, .. messages.Skip(1)]
            : [new ChatTurn { Role = "user", Content = instructions }, .. messages];
    }

    /// <summary>For templates that show calls, but not all that a message of calls may hold.</summary>
    private static IReadOnlyList<ChatTurn> Arrange(IReadOnlyList<ChatTurn> messages, ToolFormat format, TemplateTraits traits)
    {
        if (!traits.LosesTextBesideCalls && !traits.OneCallPerMessage) return messages;
        var arranged = new List<ChatTurn>(messages.Count);
        for (var index = 0; index < messages.Count; index++)
        {
            var turn = messages[index];
            if (turn.ToolCalls is not { } calls) arranged.Add(turn);
            else if (traits.LosesTextBesideCalls && !string.IsNullOrEmpty(turn.Content)) arranged.Add(WithCalls(turn, format.Write(calls)));
            else if (!traits.OneCallPerMessage || calls.Count == 1) arranged.Add(turn);
            else index += Split(messages, index, calls, arranged);
        }

        return arranged;
    }

    /// <summary>Puts each call into a message of its own, with its result behind it.</summary>
    /// <returns>How many results were used.</returns>
    private static int Split(IReadOnlyList<ChatTurn> messages, int at, IReadOnlyList<ToolCall> calls, List<ChatTurn> arranged)
    {
        var results = messages.Skip(at + 1).TakeWhile(turn => turn.Role == "tool").ToList();
        foreach (var call in calls)
        {
            var first = call == calls[0];
            arranged.Add(messages[at] with { Content = first ? messages[at].Content : null, ToolCalls = [call] });
            if (results.Find(result => result.ToolCallId == call.Id) is { } result) arranged.Add(result);
        }

        return results.Count;
    }

    private static IReadOnlyList<ChatTurn> Write(IReadOnlyList<ChatTurn> messages, ToolFormat format)
    {
        if (!messages.Any(turn => turn.ToolCalls is not null || turn.Role == "tool")) return messages;
        var written = new List<ChatTurn>(messages.Count);
        var results = new StringBuilder();
        foreach (var turn in messages)
        {
            if (turn.Role == "tool")
            {
                results.Append(results.Length == 0 ? "" : "\n").Append("<tool_response>\n").Append(turn.Content).Append("\n</tool_response>");
                continue;
            }

            if (turn.Role == "user" && results.Length > 0)
            {
                written.Add(turn with { Content = $"{results}\n{turn.Content}" });
                results.Clear();
                continue;
            }

            Flush(results, written);
            written.Add(turn.ToolCalls is { } calls ? WithCalls(turn, format.Write(calls)) : turn);
        }

        Flush(results, written);
        return written;
    }

    /// <summary>Results that follow each other are one message: many templates want user and assistant to take turns.</summary>
    private static void Flush(StringBuilder results, List<ChatTurn> written)
    {
        if (results.Length == 0) return;
        written.Add(new ChatTurn { Role = "user", Content = results.ToString() });
        results.Clear();
    }

    private static ChatTurn WithCalls(ChatTurn turn, string calls) =>
        turn with { ToolCalls = null, Content = string.IsNullOrEmpty(turn.Content) ? calls : $"{turn.Content}\n{calls}" };
}
