using System.CommandLine;
using PolarGrid.LoadBench.Audio;
using PolarGrid.LoadBench.Peers;
using PolarGrid.LoadBench.Speech;
using PolarGrid.LoadBench.Transcription;

namespace PolarGrid.LoadBench.Commands;

/// <summary><c>transcribe</c>: our server beside the engine's own program, then many callers.</summary>
internal static class TranscribeCommand
{
    public static Command Create()
    {
        var pocketsphinx = new Option<string>("--pocketsphinx") { Description = "Pocketsphinx's program.", DefaultValueFactory = _ => "pocketsphinx_continuous" };
        var voice = new Option<string>("--voice") { Description = "Which of our voices makes the recordings; one of 16 kHz.", DefaultValueFactory = _ => "slt" };
        var shared = new AudioOptions("recording", rounds: 9);
        var command = new Command("transcribe", "Measures speech to text beside pocketsphinx's command line or sherpa-onnx's Node binding, and many callers at once.") { pocketsphinx, voice };
        shared.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var (run, said) = (shared.Read(parsed), parsed.GetRequiredValue(voice));
            return AudioBench.RunAsync(AudioKinds.Transcription, run, said, MeasureAsync, cancellationToken);

            async Task<AudioMeasured<TranscriptionRow>> MeasureAsync(AudioServer server, SherpaProgram? sherpa)
            {
                using var client = new TranscriptionClient(server.BaseUrl, AudioServer.Key, server.Model is null ? "pocketsphinx" : InstalledModel.Name);
                var peer = (IListener?)sherpa ?? new PocketsphinxProgram(parsed.GetRequiredValue(pocketsphinx));
                var (start, rows) = run.Rounds > 0 ? await TranscriptionRounds.RunAsync(client, peer, said, run.Rounds, cancellationToken) : (null, []);
                var sentence = await client.SpeakAsync(SpeechTexts.Sentence, said, cancellationToken);
                var callers = run.Callers > 0
                    ? await ManyCallers.RunAsync(server.Process, run, (leaving, token) => client.CallAsync(sentence, leaving, token), cancellationToken)
                    : null;
                return new(peer.Name, rows, callers) { TheirStart = start };
            }
        });
        return command;
    }
}
