using System.CommandLine;

namespace PolarGrid.Cli.Chat;

/// <summary><c>polargrid chat</c>: talks to a running server, one question or a conversation.</summary>
internal static class ChatCommand
{
    private const string KeyVariable = "POLARGRID_API_KEY";
    private const string BootstrapVariable = "POLARGRID_BOOTSTRAP_KEY";

    public static Command Create()
    {
        var question = new Argument<string?>("question")
        {
            Description = "Asked once; without it a conversation starts.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var url = new Option<string>("--url")
        {
            Description = "The server's address.",
            HelpName = "URL",
            DefaultValueFactory = _ => "http://127.0.0.1:8080",
        };
        var key = new Option<string?>("--key")
        {
            Description = $"The API key. Without it: the variable {KeyVariable}, else {BootstrapVariable}.",
        };
        var model = new Option<string?>("--model") { Description = "Which model answers. Without it: the first one that the server lists." };
        var system = new Option<string?>("--system") { Description = "Instructions that come before the conversation." };
        var maxTokens = new Option<int?>("--max-tokens") { Description = "Longest answer. Without it: as the server's profile says." };
        var temperature = new Option<double?>("--temperature") { Description = "0 to 2; 0 always gives the likeliest answer." };
        var command = new Command("chat", "Talk to a running server from the terminal. Answers come as they are written.")
        {
            question, url, key, model, system, maxTokens, temperature,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var secret = parsed.GetValue(key)
                ?? Environment.GetEnvironmentVariable(KeyVariable)
                ?? Environment.GetEnvironmentVariable(BootstrapVariable);
            if (string.IsNullOrEmpty(secret)) return Terminal.Fail($"no API key: give --key or set {KeyVariable}.");
            if (secret.AsSpan().ContainsAnyExceptInRange('!', '~')) return Terminal.Fail("the API key holds a space or a sign that no key has.");
            var address = parsed.GetRequiredValue(url);
            if (!Uri.TryCreate(address, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            {
                return Terminal.Fail($"--url is '{address}', which is no address such as http://127.0.0.1:8080.");
            }

            using var client = new ChatClient(server, secret);
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
