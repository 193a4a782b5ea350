namespace PolarGrid.Edge.Transcription.Forms;

/// <summary>What a multipart form held.</summary>
internal sealed class UploadForm : IDisposable
{
    /// <summary>Texts in the caller's order.</summary>
    public List<(string Name, string Value)> Fields { get; } = [];

    /// <summary>The part named <c>file</c>; null when there was none.</summary>
    public UploadedFile? File { get; set; }

    /// <summary>Hands the file over: whoever takes it disposes it.</summary>
    public UploadedFile TakeFile()
    {
        var file = File ?? throw new InvalidOperationException("The form has no file.");
        File = null;
        return file;
    }

    public void Dispose() => File?.Dispose();
}
