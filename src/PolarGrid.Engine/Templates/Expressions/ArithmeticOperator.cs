namespace PolarGrid.Engine.Templates.Expressions;

internal enum ArithmeticOperator
{
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
}
