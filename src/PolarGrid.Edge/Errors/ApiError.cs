namespace PolarGrid.Edge.Errors;

/// <summary>A failure of one request: a row of the table, what happened in words, and the field at fault.</summary>
internal sealed record ApiError(ErrorKind Kind, string Message, string? Param = null)
{
    /// <summary>Sent as <c>Retry-After</c>, at least 1.</summary>
    public int? RetryAfterSeconds { get; init; }

    public int StatusUnder(ApiProfile profile) => Kind.Unprocessable && profile.RefusesRangesWith422 ? 422 : Kind.Status;
}
