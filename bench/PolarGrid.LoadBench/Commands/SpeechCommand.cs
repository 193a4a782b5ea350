using System.CommandLine;
using PolarGrid.LoadBench.Audio;
using PolarGrid.LoadBench.Peers;
using PolarGrid.LoadBench.Speech;

namespace PolarGrid.LoadBench.Commands;

/// <summary><c>speech</c>: our server beside the engine's own program, then many callers.</summary>
internal static class SpeechCommand
{
    public static Command Create()
    {
        var flite = new Option<string>("--flite") { Description = "Flite's program.", DefaultValueFactory = _ => "flite" };
        var voice = new Option<string>("--voice") { Description = "A voice that both have.", DefaultValueFactory = _ => "slt" };
        var shared = new AudioOptions("text", rounds: 25);
        var command = new Command("speech", "Measures speech beside flite's command line or sherpa-onnx's Node binding, and many callers at once.") { flite, voice };
        shared.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var (run, said) = (shared.Read(parsed), parsed.GetRequiredValue(voice));
            return AudioBench.RunAsync(AudioKinds.Speech, run, said, MeasureAsync, cancellationToken);

            async Task<AudioMeasured<SpeechRow>> MeasureAsync(AudioServer server, SherpaProgram? sherpa)
            {
                using var client = new SpeechClient(server.BaseUrl, AudioServer.Key, server.Model is null ? "tts-1" : InstalledModel.Name, said);
                var peer = (ISpeaker?)sherpa ?? new FliteProgram(parsed.GetRequiredValue(flite), said);
                var rows = run.Rounds > 0 ? await SpeechRounds.RunAsync(client, peer, run.Rounds, sherpa is not null, cancellationToken) : [];
                var text = sherpa is null ? SpeechTexts.Paragraph : SpeechTexts.Few;
                var callers = run.Callers > 0
                    ? await ManyCallers.RunAsync(server.Process, run, (leaving, token) => client.CallAsync(text, leaving, token), cancellationToken)
                    : null;
                return new(peer.Name, rows, callers);
            }
        });
        return command;
    }
}
