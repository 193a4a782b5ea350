namespace PolarGrid.Engine.Templates.Runtime;

/// <summary>A filter or a method: what stands before the bar or the dot is <paramref name="self"/>.</summary>
internal delegate TemplateValue Operation(RenderContext context, TemplateValue self, Arguments arguments);
