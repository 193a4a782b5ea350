using System.Diagnostics;
using System.Text;
using System.Text.Json;
using PolarGrid.Testing;

namespace PolarGrid.Engine.Tests.Templates;

/// <summary>A node process that renders templates with @huggingface/jinja; one for all cases of a test.</summary>
internal sealed class Oracle : IDisposable
{
    private const string Folder = "tests/PolarGrid.Engine.Tests/Templates/oracle";

    private readonly Process _process;

    /// <summary>Why it cannot run, or null.</summary>
    public static string? Missing => NodeInstall.WhyMissing(Folder, "@huggingface/jinja");

    public Oracle()
    {
        var start = new ProcessStartInfo(NodeInstall.Program!, ["oracle.mjs"])
        {
            WorkingDirectory = SourceTree.At(Folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        _process = Process.Start(start)!;
    }

    /// <returns>Null where the oracle failed.</returns>
    public async Task<string?> RenderAsync(string template, JsonElement variables)
    {
        var line = $"{{\"template\":{JsonSerializer.Serialize(template)},\"variables\":{variables.GetRawText().ReplaceLineEndings(" ")}}}";
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        var answer = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The oracle ended.");
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.TryGetProperty("text", out var text) ? text.GetString() : null;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10))) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
