using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace PolarGrid.Engine.Tests.Templates;

/// <summary>A node process that renders templates with @huggingface/jinja; one for all cases of a test.</summary>
internal sealed class Oracle : IDisposable
{
    private readonly Process _process;

    public Oracle()
    {
        var start = new ProcessStartInfo(FindNode()!, ["oracle.mjs"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        _process = Process.Start(start)!;
    }

    public static string Folder { get; } = SharedFolder.Source("Templates", "oracle");

    public static string? FindNode()
    {
        var name = OperatingSystem.IsWindows() ? "node.exe" : "node";
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
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
