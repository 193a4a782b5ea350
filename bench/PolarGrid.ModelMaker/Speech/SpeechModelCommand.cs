using System.CommandLine;
using System.Diagnostics;
using System.Text;

namespace PolarGrid.ModelMaker.Speech;

/// <summary><c>speech --kind voice --output FOLDER</c>: a model folder as <c>polargrid models add</c> takes it.</summary>
internal static class SpeechModelCommand
{
    private const string Voice = "voice", LargeRecogniser = "recogniser-large";
    private const int Words = 1024;

    public static Command Create()
    {
        var kind = new Option<string>("--kind") { Description = "What to make.", Required = true };
        kind.AcceptOnlyFromAmong(Voice, "recogniser", LargeRecogniser);
        var output = new Option<DirectoryInfo>("--output", "-o") { Description = "Folder to write; its files are replaced if they exist.", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "Same seed, same files.", DefaultValueFactory = _ => 1 };
        var command = new Command("speech", "Writes a neural voice or recogniser with random weights: right in size and speed, senseless in every sound.") { kind, output, seed };
        command.SetAction(parsed =>
        {
            try
            {
                Make(parsed.GetRequiredValue(kind), parsed.GetRequiredValue(output), parsed.GetValue(seed));
                return 0;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(failure.Message);
                return 1;
            }
        });
        return command;
    }

    private static void Make(string kind, DirectoryInfo folder, ulong seed)
    {
        var (voice, clock) = (kind == Voice, Stopwatch.StartNew());
        folder.Create();
        var model = new FileInfo(Path.Combine(folder.FullName, "model.onnx"));
        var parameters = voice ? VoiceFile.Write(model.FullName, seed) : RecogniserFile.Write(model.FullName, kind == LargeRecogniser, Words, seed);
        File.WriteAllText(Path.Combine(folder.FullName, "tokens.txt"), voice ? VoiceTokens() : RecogniserTokens(), new UTF8Encoding(false));
        File.WriteAllText(Path.Combine(folder.FullName, "polargrid.json"), Manifest(voice));
        model.Refresh();
        Console.WriteLine($"{folder.Name}: {parameters / 1e6:F1} M parameters, {model.Length / 1e6:F1} MB, {clock.Elapsed.TotalSeconds:F1} s");
    }

    private static string VoiceTokens() => Lines(["<PAD>", .. VoiceFile.Characters.Select(character => $"{character}")]);

    private static string RecogniserTokens()
    {
        var words = Resource.Read("words.txt").Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Distinct().Take(Words).ToList();
        return Lines([.. words.Select(word => $"▁{word}"), "<blk>"]);
    }

    private static string Lines(IEnumerable<string> symbols) => string.Concat(symbols.Select((symbol, number) => $"{symbol} {number}\n"));

    private static string Manifest(bool voice) => $$"""
        {
          "engine": "sherpa-onnx",
          "kind": "{{(voice ? "vits" : "nemo-ctc")}}",
          "files": { "model": "model.onnx", "tokens": "tokens.txt" },
          {{(voice ? """ "voices": [ { "id": "noise", "language": "en-US" } ]""" : """ "languages": [ "en" ]""").Trim()}},
          "licence": "MIT",
          "description": "Random weights in a realistic size, to measure speed with."
        }

        """;
}
