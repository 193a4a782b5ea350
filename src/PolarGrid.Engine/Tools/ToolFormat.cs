using System.Text;
using System.Text.Json;
using PolarGrid.Engine.Tools.Formats;
using PolarGrid.Engine.Tools.Grammars;

namespace PolarGrid.Engine.Tools;

/// <summary>
/// One family's way of writing calls: where they begin, how a call opens and closes around its arguments. Immutable; the text that is
/// given to it always begins at a known place, so a format keeps no state.
/// </summary>
public abstract class ToolFormat
{
    private protected ToolFormat(ToolFamily family, params string[] openers)
    {
        Family = family;
        Openers = [.. openers.Select(Encoding.UTF8.GetBytes)];
        OpenerTexts = openers;
    }

    public ToolFamily Family { get; }

    /// <summary>The texts that begin the calls, wherever they stand in an answer.</summary>
    public IReadOnlyList<string> OpenerTexts { get; }

    /// <summary>Control tokens that belong to the form: an answer must show them as text.</summary>
    public virtual IReadOnlyList<string> ControlTexts => [];

    internal byte[][] Openers { get; }

    /// <summary>The format of a family.</summary>
    public static ToolFormat Of(ToolFamily family) => family switch
    {
        ToolFamily.Llama3 => Llama3Format.Instance,
        ToolFamily.Mistral => MistralFormat.List,
        ToolFamily.MistralArguments => MistralFormat.Named,
        ToolFamily.Functionary => FunctionaryFormat.Instance,
        ToolFamily.DeepSeek => DeepSeekFormat.Fenced,
        ToolFamily.DeepSeekPlain => DeepSeekFormat.Plain,
        ToolFamily.FireFunction => ListFormat.FireFunction,
        ToolFamily.CommandR => ListFormat.CommandR,
        ToolFamily.Granite => ListFormat.Granite,
        ToolFamily.Nemotron => ListFormat.Nemotron,
        _ => HermesFormat.Instance,
    };

    /// <summary>The calls as the model would write them.</summary>
    public abstract string Write(IReadOnlyList<ToolCall> calls);

    /// <summary>One call as a JSON object.</summary>
    private protected static string ObjectText(ToolCall call, string name, string arguments) =>
        $"{{\"{name}\": \"{JsonEncodedText.Encode(call.Name)}\", \"{arguments}\": {(call.Arguments.Length == 0 ? "{}" : call.Arguments)}}}";

    /// <summary>The calls as GBNF.</summary>
    internal abstract CallSyntax Syntax(IReadOnlyList<ToolRule> tools);

    /// <summary>Reads from the beginning of a call up to its arguments.</summary>
    /// <param name="text">Begins with an opener, or, after a call that another follows, right behind what separates them.</param>
    /// <param name="first">Whether the text begins with an opener.</param>
    /// <param name="head">What was read, when the answer is yes.</param>
    internal abstract Answers.Match Head(ReadOnlySpan<byte> text, bool first, out CallHead head);

    /// <summary>Reads from behind the arguments to the end of the call, or to where the next one begins.</summary>
    /// <param name="text">What follows the arguments.</param>
    /// <param name="tail">What was read, when the answer is yes.</param>
    internal abstract Answers.Match Tail(ReadOnlySpan<byte> text, out CallTail tail);
}
