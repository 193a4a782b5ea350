namespace PolarGrid.Engine.Schemas;

/// <summary>How large a schema may be, and how deep what it describes without saying so.</summary>
internal static class SchemaLimits
{
    /// <summary>UTF-16 characters of the schema's JSON text.</summary>
    public const int Characters = 256 * 1024;

    /// <summary>Schemas inside schemas, references followed.</summary>
    public const int Depth = 96;

    /// <summary>Schemas looked at, each combination of alternatives counted.</summary>
    public const int Schemas = 20_000;

    /// <summary>Steps of preparing: keywords, properties, listed values and long texts read, each time they are.</summary>
    public const int Steps = 500_000;

    /// <summary>Values of all <c>enum</c>s.</summary>
    public const int EnumValues = 10_000;

    /// <summary>Characters of one <c>pattern</c>.</summary>
    public const int PatternCharacters = 4096;

    /// <summary>Groups inside groups of a <c>pattern</c>.</summary>
    public const int PatternDepth = 32;

    /// <summary>UTF-16 characters of the rules that come out.</summary>
    public const int GrammarCharacters = 1 << 20;

    /// <summary>Nesting of a value that a schema leaves open, and of a <c>json_object</c> answer.</summary>
    public const int OpenDepth = 16;

    /// <summary>Digits in front of a decimal point.</summary>
    public const int IntegerDigits = 16;
}
