using System.CommandLine;
using PolarGrid.Cli.Up.Options;

namespace PolarGrid.Cli.Up;

/// <summary><c>polargrid up</c>: reads the settings, then <see cref="Server"/> does the rest.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Address to listen on; several are separated by semicolons.",
            HelpName = "URL",
            DefaultValueFactory = _ => "http://127.0.0.1:8080",
        };
        var logFormat = new Option<LogFormat>("--log-format")
        {
            Description = "How log lines look: text for people, json for machines.",
            DefaultValueFactory = _ => LogFormat.Text,
        };
        var models = new ModelOptions();
        var callers = new CallerOptions();
        var speech = new SpeechOptions();

        var command = new Command(
            "up",
            """
            Start a server on this machine. It listens on loopback and stops with Ctrl+C.

            POLARGRID_HOME           folder for keys (default ~/.polargrid)
            POLARGRID_BOOTSTRAP_KEY  the first API key; without it one is made and shown once
            OTEL_EXPORTER_OTLP_ENDPOINT  where traces go; without it there are none
            """);
        command.Options.Add(urls);
        models.AddTo(command);
        callers.AddTo(command);
        speech.AddTo(command);
        command.Options.Add(logFormat);
        command.SetAction((parsed, cancellationToken) =>
        {
            var mistakes = new List<string>();
            var settings = new UpSettings { Urls = parsed.GetRequiredValue(urls), LogFormat = parsed.GetValue(logFormat) };
            settings = models.Read(settings, parsed, mistakes);
            settings = callers.Read(settings, parsed, mistakes);
            settings = speech.Read(settings, parsed);
            settings.Check(mistakes);
            return mistakes.Count > 0 ? Task.FromResult(Terminal.Fail(mistakes)) : Server.RunAsync(settings, cancellationToken);
        });
        return command;
    }
}
