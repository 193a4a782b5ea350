using System.CommandLine;
using System.Text.Json.Nodes;
using PolarGrid.Cli.Calls;

namespace PolarGrid.Cli.Speech;

/// <summary><c>polargrid speak</c>: has a running server speak a text into a file.</summary>
internal static class SpeakCommand
{
    private static readonly string[] Formats = ["mp3", "opus", "aac", "flac", "wav", "pcm"];

    public static Command Create()
    {
        var text = new Argument<string?>("text")
        {
            Description = "What is spoken. Without it: what comes on the standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The file to write; an existing one is replaced. Without it: speech.mp3 here, or the standard output where that is redirected.",
            HelpName = "FILE",
        };
        var model = new Option<string?>("--model") { Description = "Which model speaks. Without it: the first one that has voices." };
        var voice = new Option<string?>("--voice") { Description = "Which voice speaks; 'polargrid voices' lists them. Without it: the model's default." };
        var format = new Option<string?>("--format") { Description = $"{string.Join(", ", Formats)}. Without it: as the file's name ends, else mp3." };
        format.AcceptOnlyFromAmong(Formats);
        var speed = new Option<double?>("--speed") { Description = "0.25 to 4; 2 takes half the time." };
        var server = new ServerOptions();
        var command = new Command("speak", "Have a running server speak a text, and write the audio to a file.")
        {
            text, output, model, voice, format, speed, server.Url, server.Key,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (target, unknown) = SpeechTarget.Of(parsed.GetValue(output), parsed.GetValue(format), Formats, Console.IsOutputRedirected);
            if (unknown is not null) return Terminal.Fail(unknown);
            if (server.TryConnect(parsed, out var http) is { } mistake) return Terminal.Fail(mistake);
            using var connection = http;
            return await ServerCalls.RunAsync(
                async () =>
                {
                    var client = new SpeechClient(http!);
                    var request = new JsonObject
                    {
                        ["input"] = parsed.GetValue(text) ?? await Console.In.ReadToEndAsync(cancellationToken),
                        ["response_format"] = target!.Format,
                    };
                    await ChooseAsync(client, request, parsed.GetValue(model), parsed.GetValue(voice), cancellationToken);
                    if (parsed.GetValue(speed) is { } factor) request["speed"] = factor;

                    // A pipe hears the beginning while the rest is spoken; a file gets sizes in its header.
                    if (target.File is null) request["stream"] = true;
                    return await SpeakAsync(client, request, target, cancellationToken);
                },
                cancellationToken);
        });
        return command;
    }

    /// <summary>The API wants both named; who does not care gets the first model and its default voice.</summary>
    private static async Task ChooseAsync(SpeechClient client, JsonObject request, string? model, string? voice, CancellationToken cancellationToken)
    {
        if (model is null || voice is null)
        {
            var list = await client.ListVoicesAsync(model, cancellationToken);
            var known = voice is null
                ? list.Data.FirstOrDefault(card => card.Default)
                : list.Data.FirstOrDefault(card => card.Id == voice) ?? list.Data.FirstOrDefault(card => card.Default);
            if (known is null) throw new ServerFailure("The server has no voice model; its first lines at the start say why.");
            (model, voice) = (model ?? known.Model, voice ?? known.Id);
        }

        (request["model"], request["voice"]) = (model, voice);
    }

    private static async Task<int> SpeakAsync(SpeechClient client, JsonObject request, SpeechTarget target, CancellationToken cancellationToken)
    {
        if (target.File is not { } file)
        {
            await using var standard = Console.OpenStandardOutput();
            _ = await client.SpeakAsync(request, standard, _ => { }, cancellationToken);
            return Terminal.Success;
        }

        var size = 0L;
        string speaker;
        using (var part = PartFile.Create(file))
        using (var progress = new Progress())
        {
            speaker = await client.SpeakAsync(
                request,
                part.Stream,
                bytes =>
                {
                    size = bytes;
                    progress.Show($"{bytes / 1024} KiB");
                },
                cancellationToken);
            part.Keep();
        }

        Console.WriteLine($"{file}: {(size + 1023) / 1024} KiB of {target.Format}, {speaker}");
        return Terminal.Success;
    }
}
