using PolarGrid.Edge.Chat;
using PolarGrid.Engine;
using PolarGrid.Engine.Tools;

namespace PolarGrid.Edge.Output;

/// <summary>What a format means for one model's answers: thinking stays free, what follows it does not (wire format 5.2).</summary>
internal static class OutputGrammars
{
    public static OutputGrammar? For(OutputFormat? format, Reasoning reasoning, TemplateTraits traits)
    {
        if (format is null) return null;
        if (traits.Reasoning is not { } markers || reasoning.IsRefused) return format.ToGrammar();

        // The prompt begins the thinking, so the answer is certain to close it; else the model may begin it or not.
        if (reasoning.IsOn ? traits.OpensThinkingWhenOn : traits.OpensThinkingWhenOff) return format.AfterThinking(markers.Close);
        return reasoning.IsOn ? format.AfterOptionalThinking(markers.Open, markers.Close) : format.ToGrammar();
    }
}
