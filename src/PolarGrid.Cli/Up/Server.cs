using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using PolarGrid.Edge;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Models;
using PolarGrid.Engine.Llama;

namespace PolarGrid.Cli.Up;

/// <summary>One server from start to stop.</summary>
internal static class Server
{
    private const string BootstrapVariable = "POLARGRID_BOOTSTRAP_KEY";

    /// <summary>Runs until Ctrl+C or a termination signal.</summary>
    /// <returns>The exit code; 1 with one clear line per mistake when the server could not start.</returns>
    public static async Task<int> RunAsync(UpSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = Build(settings);
            var keys = app.Services.GetRequiredService<IKeyDirectory>();
            var givenKey = Environment.GetEnvironmentVariable(BootstrapVariable) is { Length: > 0 } given ? given : null;
            if (givenKey is not null) keys.EnsureBootstrapKey(givenKey);
            var logging = app.Services.GetRequiredService<ILoggerFactory>();
            var backend = LlamaBackend.Start(null, logging.CreateLogger<LlamaBackend>());
            await using var host = new ModelHost(backend, settings, app.Services.GetRequiredService<TimeProvider>(), logging);
            await using var speech = new SpeechHost(settings, app.Services.GetRequiredService<ISpeechDirectory>());
            speech.Load(SpeechSources.All(settings.SpeechThreads ?? 1));
            var directory = app.Services.GetRequiredService<IModelDirectory>();
            LoadModels(settings, host, speech, directory, cancellationToken);

            await app.StartAsync(cancellationToken);

            // A key is made only once nothing can fail any more: it is shown a single time.
            var newKey = givenKey is null ? keys.EnsureBootstrapKey(null) : null;
            StartReport.Print(app.Urls, directory.Models, speech.Lines, backend, newKey, DataHome.Folder);
            var preparing = speech.PrepareAsync();
            await app.WaitForShutdownAsync(cancellationToken);
            await speech.DisposeAsync();
            await preparing;
            return Terminal.Success;
        }
        catch (OptionsValidationException invalid)
        {
            return Terminal.Fail(invalid.Failures);
        }
        catch (Exception failed) when (failed is NativeLibraryException or ModelLoadException
            or IOException or UnauthorizedAccessException or ArgumentException or DbException)
        {
            return Terminal.Fail(failed.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Terminal.Success;
        }
    }

    private static WebApplication Build(UpSettings settings)
    {
        // Options are fixed at start; without this every folder below the current one is watched for a changed settings file.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.Logging.ClearProviders();
        if (settings.LogFormat == LogFormat.Json)
        {
            builder.Logging.AddJsonConsole();
        }
        else
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss.fff ";
                console.UseUtcTimestamp = true;
                console.ColorBehavior = LoggerColorBehavior.Default;
            });
        }

        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // It logs a failed start with its stack; one line of ours says the same.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddFilter<ConsoleLoggerProvider>(typeof(LlamaBackend).FullName, LogLevel.Error);
        var options = new EdgeOptions
        {
            DataFolder = DataHome.Folder,
            Profile = settings.Profile,
            Region = settings.Region,
            AllowGrammar = settings.AllowGrammar,
            RejectUnknownParameters = settings.RejectUnknown,
        };
        options.Limits.RequestsPerMinute = settings.RequestsPerMinute;
        settings.Hearing.ApplyTo(options.Transcription);
        builder.Services.AddPolarGridEdge(options);
        try
        {
            return builder.Build().MapPolarGridEdge();
        }
        catch (Exception failed) when (failed is InvalidOperationException or DbException)
        {
            throw new IOException($"The data folder {DataHome.Folder} cannot be used: {failed.Message}", failed);
        }
    }

    private static void LoadModels(
        UpSettings settings, ModelHost host, SpeechHost speech, IModelDirectory directory, CancellationToken cancellationToken)
    {
        var wanted = settings.Models.Count > 0 ? settings.Models : [new ModelArgument(BuiltInModel.Name, BuiltInModel.Path)];
        if (AliasCheck.FirstMistake(settings.Aliases, [.. wanted.Select(model => model.Name), .. speech.Names]) is { } mistake) throw new ArgumentException(mistake);
        using var line = new Progress();
        foreach (var model in wanted) host.Load(model, directory, new LoadProgress(model.Name, line), cancellationToken);
    }
}
