using System.CommandLine;
using System.Globalization;
using PolarGrid.Cli.Calls;

namespace PolarGrid.Cli.Speech;

/// <summary><c>polargrid transcribe</c>: has a running server write down a recording.</summary>
internal static class TranscribeCommand
{
    private static readonly string[] Formats = ["text", "srt", "vtt", "json", "verbose_json"];

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The recording: wav, mp3, flac, ogg, opus; with ffmpeg on the server also m4a, mp4, webm and aac." };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; an existing one is replaced. Without it: the standard output.", HelpName = "FILE" };
        var format = new Option<string>("--format")
        {
            Description = $"{string.Join(", ", Formats)}; text comes as it is heard.",
            DefaultValueFactory = _ => Formats[0],
        };
        format.AcceptOnlyFromAmong(Formats);
        var model = new Option<string>("--model") { Description = "Which model listens.", DefaultValueFactory = _ => "whisper-1" };
        var language = new Option<string?>("--language") { Description = "ISO 639-1, for example en. Without it: the model's own or what it finds out." };
        var prompt = new Option<string?>("--prompt") { Description = "A hint for models that take one: names, spelling." };
        var server = new ServerOptions();
        var command = new Command("transcribe", "Have a running server write down a recording.")
        {
            file, output, format, model, language, prompt, server.Url, server.Key,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path)) return Terminal.Fail($"there is no file {Path.GetFullPath(path)}.");
            if (server.TryConnect(parsed, out var http) is { } mistake) return Terminal.Fail(mistake);
            using var connection = http;
            var fields = new Dictionary<string, string?>
            {
                ["model"] = parsed.GetRequiredValue(model),
                ["language"] = parsed.GetValue(language),
                ["prompt"] = parsed.GetValue(prompt),
            };
            return await ServerCalls.RunAsync(
                async () =>
                {
                    var chosen = parsed.GetRequiredValue(format);
                    await using var audio = File.OpenRead(path);
                    using var progress = new Progress();
                    using var part = parsed.GetValue(output) is { } target ? PartFile.Create(target) : null;
                    await using (var writer = part is null ? Console.Out : new StreamWriter(part.Stream))
                    {
                        if (chosen == "text") await StreamAsync(new SpeechClient(http!), audio, fields, progress, writer, cancellationToken);
                        else await WholeAsync(new SpeechClient(http!), audio, fields, chosen, progress, writer, cancellationToken);
                    }

                    part?.Keep();
                    return Terminal.Success;
                },
                cancellationToken);
        });
        return command;
    }

    private static async Task StreamAsync(
        SpeechClient client, FileStream audio, Dictionary<string, string?> fields, Progress progress, TextWriter writer, CancellationToken cancellationToken)
    {
        fields["stream"] = "true";
        using var form = Form(audio, fields, progress);
        await foreach (var piece in client.StreamTranscriptAsync(form, cancellationToken))
        {
            progress.Dispose();
            await writer.WriteAsync(piece.AsMemory(), cancellationToken);
            await writer.FlushAsync(cancellationToken);
        }

        await writer.WriteLineAsync(ReadOnlyMemory<char>.Empty, cancellationToken);
    }

    private static async Task WholeAsync(
        SpeechClient client, FileStream audio, Dictionary<string, string?> fields, string format, Progress progress, TextWriter writer,
        CancellationToken cancellationToken)
    {
        fields["response_format"] = format;
        using var form = Form(audio, fields, progress);
        var transcript = await client.TranscribeAsync(form, cancellationToken);
        await writer.WriteLineAsync(transcript.TrimEnd('\n').AsMemory(), cancellationToken);
    }

    private static MultipartFormDataContent Form(FileStream audio, Dictionary<string, string?> fields, Progress progress)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            if (value is not null) form.Add(new StringContent(value), name);
        }

        form.Add(new WatchedContent(audio, (sent, total) => progress.Show(Said(sent, total))), "file", Path.GetFileName(audio.Name));
        return form;
    }

    private static string Said(long sent, long total) => sent < total
        ? string.Create(CultureInfo.InvariantCulture, $"sending: {sent * 100 / total} % of {total / (1024.0 * 1024):0.0} MiB")
        : "listening";
}
