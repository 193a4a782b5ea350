using System.CommandLine;
using PolarGrid.Cli.Calls;
using PolarGrid.Contracts.Speech;

namespace PolarGrid.Cli.Speech;

/// <summary><c>polargrid voices</c>: what a running server speaks with.</summary>
internal static class VoicesCommand
{
    public static Command Create()
    {
        var server = new ServerOptions();
        var model = new Option<string?>("--model") { Description = "Only the voices of this model." };
        var command = new Command("voices", "List the voices of a running server; the first of each model is its default.") { model, server.Url, server.Key };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (server.TryConnect(parsed, out var http) is { } mistake) return Terminal.Fail(mistake);
            using var connection = http;
            return await ServerCalls.RunAsync(
                async () =>
                {
                    Print(await new SpeechClient(http!).ListVoicesAsync(parsed.GetValue(model), cancellationToken));
                    return Terminal.Success;
                },
                cancellationToken);
        });
        return command;
    }

    private static void Print(VoiceList voices)
    {
        if (voices.Data.Count == 0)
        {
            Console.Error.WriteLine("The server has no voice model; its first lines at the start say why.");
            return;
        }

        var width = Math.Max(5, voices.Data.Max(voice => voice.Id.Length));
        var modelWidth = Math.Max(5, voices.Data.Max(voice => voice.Model.Length));
        Console.WriteLine($"{"VOICE".PadRight(width)}  {"MODEL".PadRight(modelWidth)}  LANGUAGE  GENDER  ALSO KNOWN AS");
        foreach (var voice in voices.Data)
        {
            var names = string.Join(", ", voices.Aliases.Where(alias => alias.Voice == voice.Id && alias.Model == voice.Model).Select(alias => alias.Id));
            Console.WriteLine($"{voice.Id.PadRight(width)}  {voice.Model.PadRight(modelWidth)}  {voice.Language,-8}  {voice.Gender ?? "",-6}  {names}".TrimEnd());
        }
    }
}
