using System.Reflection;
using System.Runtime.Loader;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>Compiles a C# program with the SDK's own compiler and runs it in this process, against the packages that the tests use.</summary>
internal static class CSharpSample
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>What a new console project has.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <returns>What it wrote to the console.</returns>
    /// <exception cref="InvalidOperationException">It does not compile; holds the compiler's words.</exception>
    public static async Task<string> RunAsync(string code)
    {
        using var folder = new TemporaryFolder();
        var (program, usings, assembly, arguments) =
            (Path.Combine(folder.Path, "Program.cs"), Path.Combine(folder.Path, "Usings.cs"), Path.Combine(folder.Path, "sample.dll"), Path.Combine(folder.Path, "arguments.rsp"));
        await File.WriteAllTextAsync(program, code);
        await File.WriteAllTextAsync(usings, ImplicitUsings);
        await File.WriteAllLinesAsync(
            arguments,
            ["-nologo", "-nullable", "-warnaserror", "-langversion:latest", $"-out:\"{assembly}\"", .. References().Select(path => $"-r:\"{path}\""), $"\"{program}\"", $"\"{usings}\""]);
        await using var compiler = ChildProcess.Start("dotnet", [await CompilerAsync(), "-noconfig", "@" + arguments], new Dictionary<string, string?>());
        if (await compiler.WaitForEndAsync(Limit) != 0) throw new InvalidOperationException($"{compiler.Output}{compiler.Error}\n{code}");
        return await RunAsync(await File.ReadAllBytesAsync(assembly));
    }

    private static async Task<string> RunAsync(byte[] assembly)
    {
        var loaded = AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(assembly));
        var console = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            var entry = loaded.EntryPoint!;
            var result = entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()], null);
            if (result is Task running) await running.WaitAsync(Limit);
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString();
    }

    /// <summary>The framework and the client's package.</summary>
    private static IEnumerable<string> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path =>
            Path.GetFileName(path) is "OpenAI.dll" or "System.ClientModel.dll" || path.Contains("Microsoft.NETCore.App", StringComparison.Ordinal));

    /// <summary>The compiler of the SDK that builds this repository.</summary>
    private static async Task<string> CompilerAsync()
    {
        var version = await DotnetAsync("--version");
        var line = (await DotnetAsync("--list-sdks")).Split('\n').First(each => each.StartsWith(version.Trim() + " ", StringComparison.Ordinal));
        var folder = line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.LastIndexOf(']')];
        return Path.Combine(folder, version.Trim(), "Roslyn", "bincore", "csc.dll");
    }

    private static async Task<string> DotnetAsync(string argument)
    {
        await using var process = ChildProcess.Start("dotnet", [argument], new Dictionary<string, string?>());
        await process.WaitForEndAsync(Limit);
        return process.Output;
    }
}
