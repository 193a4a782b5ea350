using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>What stands after <c>is</c>.</summary>
internal delegate bool ValueTest(RenderContext context, TemplateValue value, Arguments arguments);
