namespace PolarGrid.Edge.Errors;

/// <summary>One row of <see cref="ErrorTable"/>: what a failure looks like from outside.</summary>
/// <param name="Status">HTTP status; 400 becomes 422 under the grid profile when <paramref name="Unprocessable"/> is set.</param>
/// <param name="Type">OpenAI's <c>error.type</c>.</param>
/// <param name="Code">OpenAI's <c>error.code</c>; null where OpenAI sends null.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
/// <param name="Sentence">For the documentation; the default message.</param>
/// <param name="Unprocessable">A value outside its range or an inconsistent structure (decision W2).</param>
internal sealed record ErrorKind(
    int Status, string Type, string? Code, bool Retryable, string Sentence, bool Unprocessable = false)
{
    /// <summary>For logs, metrics and spans: the code, else the type.</summary>
    public string Name => Code ?? Type;
}
