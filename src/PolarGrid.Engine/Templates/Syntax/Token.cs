namespace PolarGrid.Engine.Templates.Syntax;

/// <param name="Text">A string's contents with its escapes resolved; else what stood in the source.</param>
/// <param name="Position">Offset in the source.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool Is(TokenKind kind, string text) => Kind == kind && Text == text;

    /// <summary>For messages: what was found instead of what was expected.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.End => "the end of the template",
        TokenKind.Text => "text",
        TokenKind.String => "a string",
        _ => $"'{Text}'",
    };
}
