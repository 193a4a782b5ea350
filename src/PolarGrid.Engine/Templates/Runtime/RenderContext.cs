using System.Runtime.CompilerServices;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Runtime;

/// <summary>The state of one rendering: names, output and what is left of its budgets. Used by one thread.</summary>
internal sealed class RenderContext
{
    /// <summary>How much copying or searching costs as much as evaluating one node.</summary>
    public const int CharactersPerStep = 64;

    private int _steps;
    private int _characters;
    private int _items;
    private int _calls;

    public RenderContext(TemplateLimits limits, TimeProvider clock, TemplateValue?[] root)
    {
        (Limits, Clock) = (limits, clock);
        (_steps, _characters, _items) = (limits.MaxSteps, limits.MaxTextCharacters, limits.MaxItems);
        Frame = new Frame(root);
        Output = new TextBuilder(this, limits.MaxOutputCharacters);
    }

    public TemplateLimits Limits { get; }

    public TimeProvider Clock { get; }

    public Frame Frame { get; set; }

    public TextBuilder Output { get; set; }

    /// <summary>Offset in the source of the operation that runs, for error messages.</summary>
    public int Position { get; set; }

    public void Step()
    {
        if (--_steps < 0) ThrowSteps();
    }

    public void Step(int count)
    {
        _steps -= count;
        if (_steps < 0) ThrowSteps();
    }

    /// <summary>Before reading through a whole text, which takes no memory but does take time.</summary>
    public void Scan(TemplateValue value)
    {
        if (value is StringValue text) Step(text.Text.Length / CharactersPerStep);
    }

    /// <summary>Before searching: a long needle that almost matches everywhere costs its length at every place.</summary>
    public void Search(string text, string needle) =>
        Step((int)Math.Min(int.MaxValue / 2, (long)text.Length / CharactersPerStep * (1 + (needle.Length / 256))));

    public void ChargeText(int characters)
    {
        EnsureText(characters);
        _characters -= characters;
    }

    /// <summary>Fails if so much text would be too much, and charges nothing.</summary>
    public void EnsureText(Int128 characters)
    {
        if (characters > _characters)
            throw TemplateFault.Exceeded(nameof(TemplateLimits.MaxTextCharacters), Limits.MaxTextCharacters, "it makes too much text");
    }

    public void ChargeItems(int count)
    {
        _items -= count;
        if (_items < 0 || count < 0)
            throw TemplateFault.Exceeded(nameof(TemplateLimits.MaxItems), Limits.MaxItems, "its lists are too long");
    }

    /// <summary>Charges a text that an operation returned; the members of lists are charged where they are made.</summary>
    public TemplateValue Charged(TemplateValue value)
    {
        if (value is StringValue text) ChargeText(text.Text.Length);
        return value;
    }

    /// <summary>Before walking into a nested value: templates can nest values without end.</summary>
    public void CheckDepth(int depth)
    {
        if (depth > Limits.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw TemplateFault.Exceeded(nameof(TemplateLimits.MaxDepth), Limits.MaxDepth, "a value is nested too deeply");
    }

    public void EnterCall()
    {
        if (++_calls > Limits.MaxDepth)
            throw TemplateFault.Exceeded(nameof(TemplateLimits.MaxDepth), Limits.MaxDepth, "macros call each other too deeply");
        EnsureStack();
    }

    public void LeaveCall() => _calls--;

    /// <summary>The last line of defence: a stack overflow would end the process.</summary>
    public void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw TemplateFault.Exceeded(nameof(TemplateLimits.MaxDepth), Limits.MaxDepth, "the thread's stack is used up");
    }

    private void ThrowSteps() =>
        throw TemplateFault.Exceeded(nameof(TemplateLimits.MaxSteps), Limits.MaxSteps, "it runs for too long");
}
