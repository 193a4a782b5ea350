using System.Text;
using System.Text.Json.Nodes;
using PolarGrid.Cli.Calls;

namespace PolarGrid.Cli.Chat;

/// <summary>A conversation: keeps the messages, prints answers as they come. Ctrl+C ends an answer, at the prompt it ends the program.</summary>
internal sealed class ChatSession(ChatClient client, string? system)
{
    private readonly List<(string Role, string Content)> messages = system is null ? [] : [("system", system)];

    public string? Model { get; set; }

    public int? MaxTokens { get; init; }

    public double? Temperature { get; init; }

    /// <summary>Asks once and prints the answer.</summary>
    public Task<int> AskAsync(string question, CancellationToken cancellationToken) => ServerCalls.RunAsync(
        async () =>
        {
            await AnswerAsync(question, cancellationToken);
            return Terminal.Success;
        },
        cancellationToken);

    /// <summary>Reads questions until the input ends.</summary>
    public async Task<int> ConverseAsync(CancellationToken cancellationToken)
    {
        Console.Error.WriteLine("Type a message and press Enter. /new starts over, /exit or Ctrl+D ends.");
        while (!cancellationToken.IsCancellationRequested)
        {
            Console.Error.Write("> ");
            var line = await Console.In.ReadLineAsync(cancellationToken);
            if (line is null or "/exit") return Terminal.Success;
            if (line == "/new") messages.RemoveAll(message => message.Role != "system");
            else if (line.Trim().Length > 0) await AskAsync(line, cancellationToken);
        }

        return Terminal.Success;
    }

    private async Task AnswerAsync(string question, CancellationToken cancellationToken)
    {
        Model ??= await client.ListModelsAsync(cancellationToken) is [var first, ..] ? first : throw new ServerFailure("The server has no model that writes text.");
        messages.Add(("user", question));
        using var answering = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ConsoleCancelEventHandler stop = (_, pressed) =>
        {
            pressed.Cancel = true;
            answering.Cancel();
        };
        Console.CancelKeyPress += stop;
        var answer = new StringBuilder();
        try
        {
            await foreach (var piece in client.StreamAsync(Request(), answering.Token))
            {
                Console.Out.Write(piece);
                await Console.Out.FlushAsync(cancellationToken);
                answer.Append(piece);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Console.Error.Write(" [stopped]");
        }
        catch
        {
            messages.RemoveAt(messages.Count - 1);
            throw;
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }

        Console.Out.WriteLine();
        messages.Add(("assistant", answer.ToString()));
    }

    private JsonObject Request()
    {
        var turns = new JsonArray();
        foreach (var (role, content) in messages) turns.Add((JsonNode)new JsonObject { ["role"] = role, ["content"] = content });
        var request = new JsonObject { ["model"] = Model, ["messages"] = turns, ["stream"] = true };
        if (MaxTokens is { } most) request["max_tokens"] = most;
        if (Temperature is { } temperature) request["temperature"] = temperature;
        return request;
    }
}
