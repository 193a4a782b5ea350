namespace PolarGrid.Engine.Templates.Statements;

/// <summary>Names that Jinja defines inside every macro. A macro takes surplus arguments only if its body mentions where they go.</summary>
internal sealed record MacroSymbols(int Caller, int Varargs, int Kwargs, bool UsesVarargs, bool UsesKwargs);
