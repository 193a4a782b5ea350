using System.CommandLine;
using PolarGrid.Cli.Calls;

namespace PolarGrid.Cli.Chat;

/// <summary><c>polargrid chat</c>: talks to a running server, one question or a conversation.</summary>
internal static class ChatCommand
{
    public static Command Create()
    {
        var question = new Argument<string?>("question")
        {
            Description = "Asked once; without it a conversation starts.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var server = new ServerOptions();
        var model = new Option<string?>("--model") { Description = "Which model answers. Without it: the first one that the server lists." };
        var system = new Option<string?>("--system") { Description = "Instructions that come before the conversation." };
        var maxTokens = new Option<int?>("--max-tokens") { Description = "Longest answer. Without it: as the server's profile says." };
        var temperature = new Option<double?>("--temperature") { Description = "0 to 2; 0 always gives the likeliest answer." };
        var command = new Command("chat", "Talk to a running server from the terminal. Answers come as they are written.")
        {
            question, server.Url, server.Key, model, system, maxTokens, temperature,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (server.TryConnect(parsed, out var http) is { } mistake) return Terminal.Fail(mistake);
            using var connection = http;
            var client = new ChatClient(http!);
            var session = new ChatSession(client, parsed.GetValue(system))
            {
                Model = parsed.GetValue(model),
                MaxTokens = parsed.GetValue(maxTokens),
                Temperature = parsed.GetValue(temperature),
            };
            return parsed.GetValue(question) is { } once
                ? await session.AskAsync(once, cancellationToken)
                : await session.ConverseAsync(cancellationToken);
        });
        return command;
    }
}
