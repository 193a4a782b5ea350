using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Chat.Tools;

/// <summary>How tools and the choice among them must fit together (wire format 3.2).</summary>
internal static class ToolRules
{
    public static ApiError? Check(ChatDraft draft)
    {
        if (draft.NamesTools && draft.NamesFunctions)
        {
            return new(ErrorTable.Inconsistent, "'functions' is the older name of 'tools'; give one of them.", "functions");
        }

        if (draft.NamesToolChoice && draft.NamesFunctionCall)
        {
            return new(ErrorTable.Inconsistent, "'function_call' is the older name of 'tool_choice'; give one of them.", "function_call");
        }

        if (draft.ToolChoice is not { } choice) return null;
        var path = draft.ToolChoicePath;
        if (draft.Tools.Count == 0)
        {
            // An empty list is a list: auto then has nothing to choose from, which is no contradiction.
            var listed = draft.NamesTools || draft.NamesFunctions;
            var field = path == "function_call" ? "functions" : "tools";
            return choice.Mode == ToolChoiceMode.None || (choice == ToolChoice.Auto && listed)
                ? null
                : new(ErrorTable.Inconsistent, $"'{path}' needs '{field}' with at least one entry.", path);
        }

        return choice.Names?.FirstOrDefault(name => !draft.Tools.Exists(tool => tool.Name == name)) is { } missing
            ? new(ErrorTable.Inconsistent, $"'{path}' names '{FieldReader.Quote(missing)}', which is not among the request's tools.", path)
            : null;
    }
}
