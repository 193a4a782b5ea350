using System.ComponentModel;
using System.Diagnostics;
using PolarGrid.LoadBench.Reports;

namespace PolarGrid.LoadBench.Peers;

/// <summary>A model folder that our server serves and sherpa-onnx's own binding loads.</summary>
/// <param name="Folder">Its path.</param>
/// <param name="File">Its weights, for the report.</param>
internal sealed record InstalledModel(string Folder, ModelFile File)
{
    /// <summary>What our server calls it.</summary>
    public const string Name = "bench-model";

    /// <summary>Installs it for our server, which leaves the files where they are.</summary>
    /// <param name="program">Our program.</param>
    /// <param name="home">The server's data folder.</param>
    /// <param name="folder">With a manifest.</param>
    /// <param name="cancellationToken">Ends the installing.</param>
    public static async Task<InstalledModel> AddAsync(string program, string home, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        string[] command = [.. program.EndsWith(".dll", StringComparison.Ordinal) ? (string[])["dotnet", program] : [program], "models", "add", folder.FullName, "--name", Name, "--link"];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["POLARGRID_HOME"] = home;
        using var adding = Process.Start(start) ?? throw new Win32Exception($"{command[0]} did not start.");
        var output = adding.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await adding.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await adding.WaitForExitAsync(cancellationToken);
        if (adding.ExitCode != 0) throw new InvalidOperationException($"The model was refused: {error.Trim()}");
        var file = await ModelFile.ReadAsync(new FileInfo(Path.Combine(folder.FullName, "model.onnx")), cancellationToken);
        return new InstalledModel(folder.FullName, file with { Name = $"{folder.Name}/{file.Name}" });
    }
}
