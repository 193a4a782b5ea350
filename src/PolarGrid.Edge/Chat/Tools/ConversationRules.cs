using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Chat.Tools;

/// <summary>Which messages may follow which (wire format 4): every call is answered once, right behind the message that made it.</summary>
internal static class ConversationRules
{
    /// <summary>Begins the ids that are given to calls of the deprecated form, which has none; they may stay unanswered.</summary>
    public const string FunctionCallId = "call_function_";

    public static ApiError? Check(IReadOnlyList<ChatTurn> messages)
    {
        var open = new List<string>();
        var answered = new List<string>();
        var caller = -1;
        for (var index = 0; index < messages.Count; index++)
        {
            var turn = messages[index];
            if (turn.Role == "tool")
            {
                if (CheckAnswer(turn, index, caller, open, answered) is { } wrong) return wrong;
                continue;
            }

            if (Unanswered(caller, open) is { } unanswered) return unanswered;
            open.Clear();
            answered.Clear();
            caller = turn.ToolCalls is null ? -1 : index;
            foreach (var call in turn.ToolCalls ?? [])
            {
                if (open.Contains(call.Id)) return Error(index, "tool_calls", $"has the id '{FieldReader.Quote(call.Id)}' twice; ids must be unique.");
                open.Add(call.Id);
            }
        }

        return Unanswered(caller, open);
    }

    private static ApiError? CheckAnswer(ChatTurn turn, int index, int caller, List<string> open, List<string> answered)
    {
        if (caller < 0) return Error(index, "role", "is 'tool', which must follow an assistant message with 'tool_calls'.");
        var id = turn.ToolCallId!;
        if (open.Remove(id))
        {
            answered.Add(id);
            return null;
        }

        var why = answered.Contains(id) ? "is answered already" : $"is none of the calls of 'messages[{caller}]'";
        return Error(index, "tool_call_id", $"is '{FieldReader.Quote(id)}', which {why}.");
    }

    private static ApiError? Unanswered(int caller, List<string> open)
    {
        open.RemoveAll(static id => id.StartsWith(FunctionCallId, StringComparison.Ordinal));
        if (open.Count == 0) return null;
        var ids = string.Join(", ", open.Take(8).Select(FieldReader.Quote));
        return Error(caller, "tool_calls", $"must be followed by one 'tool' message for each call; these have none: {ids}.");
    }

    private static ApiError Error(int index, string field, string what)
    {
        var path = $"messages[{index}].{field}";
        return new(ErrorTable.Inconsistent, $"'{path}' {what}", path);
    }
}
