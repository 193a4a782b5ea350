namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>The types of JSON Schema; a number is an integer or has a fraction.</summary>
[Flags]
internal enum ValueTypes
{
    None = 0,
    Object = 1,
    Array = 2,
    String = 4,
    Integer = 8,
    Fraction = 16,
    Boolean = 32,
    Null = 64,
    Number = Integer | Fraction,
    All = Object | Array | String | Number | Boolean | Null,
}
