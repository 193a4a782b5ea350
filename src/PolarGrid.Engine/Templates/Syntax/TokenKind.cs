namespace PolarGrid.Engine.Templates.Syntax;

internal enum TokenKind
{
    Text,
    PrintBegin,
    PrintEnd,
    TagBegin,
    TagEnd,
    Name,
    String,
    Integer,
    Float,
    Operator,
    End,
}
