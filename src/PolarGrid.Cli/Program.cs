using System.CommandLine;
using PolarGrid.Cli.Chat;
using PolarGrid.Cli.Keys;
using PolarGrid.Cli.Models;
using PolarGrid.Cli.Speech;
using PolarGrid.Cli.Up;
using PolarGrid.Cli.Worker;

var root = new RootCommand(
    """
    PolarGrid answers OpenAI's API from open-weight models on this machine.

    Start a server:      polargrid up
    Talk to it:          polargrid chat "What is the capital of France?"
    Let it speak:        polargrid speak "Good morning." -o morning.mp3
    Let it listen:       polargrid transcribe morning.mp3
    """)
{
    UpCommand.Create(),
    ChatCommand.Create(),
    SpeakCommand.Create(),
    TranscribeCommand.Create(),
    VoicesCommand.Create(),
    KeysCommand.Create(),
    ModelsCommand.Create(),
    WorkerCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
