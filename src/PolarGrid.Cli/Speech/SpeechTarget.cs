namespace PolarGrid.Cli.Speech;

/// <summary>Where spoken audio goes.</summary>
/// <param name="File">Null: the standard output.</param>
/// <param name="Format">As the API names it.</param>
internal sealed record SpeechTarget(string? File, string Format)
{
    /// <param name="output">The file that was named; <c>-</c> is the standard output.</param>
    /// <param name="format">The format that was named; wins over the file's ending.</param>
    /// <param name="formats">All there are.</param>
    /// <param name="isRedirected">Whether the standard output goes to a file or a program.</param>
    /// <returns>The target; or what is wrong with the file's ending.</returns>
    public static (SpeechTarget? Target, string? Mistake) Of(string? output, string? format, IReadOnlyList<string> formats, bool isRedirected)
    {
        if (output == "-" || (output is null && isRedirected)) return (new SpeechTarget(null, format ?? "mp3"), null);
        if (format is null && output is not null)
        {
            var ending = Path.GetExtension(output).TrimStart('.').ToLowerInvariant();
            format = formats.Contains(ending) ? ending : ending is "ogg" or "oga" ? "opus" : null;
            if (format is null && ending.Length > 0)
            {
                return (null, $"'.{ending}' is the ending of no format that is written here: {string.Join(", ", formats)}. Name the file so, or say the format with --format.");
            }
        }

        format ??= "mp3";
        return (new SpeechTarget(output ?? $"speech.{format}", format), null);
    }
}
