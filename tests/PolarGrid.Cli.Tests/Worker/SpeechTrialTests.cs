using System.Text;
using PolarGrid.Cli.Worker;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Cli.Tests.Worker;

public sealed class SpeechTrialTests : IDisposable
{
    private const string Voice = "models/modem/tts/model.onnx";

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"pg-trial-{Guid.NewGuid():N}");

    [SharedFact(Voice)]
    public void A_model_that_works_passes()
    {
        var outcome = Trial(TimeSpan.FromSeconds(60)).Run(Model());
        outcome.Failure.ShouldBeNull();
        outcome.Lasts.ShouldBeTrue();
    }

    // An operator of that name does not exist: managed checks cannot know, and the library ends its process.
    [SharedFact(Voice)]
    public void A_model_that_ends_the_process_is_refused_with_the_reason()
    {
        var outcome = Trial(TimeSpan.FromSeconds(60)).Run(Model("Unsqueeze", "Unsqueezy"));
        outcome.Failure.ShouldNotBeNull().ShouldContain("ended its process by signal 6");
        outcome.Lasts.ShouldBeTrue();
    }

    [SharedFact(Voice)]
    public void A_process_that_does_not_end_is_ended()
    {
        var outcome = new SpeechTrial(["/bin/sh", "-c", "sleep 600"], TimeSpan.FromMilliseconds(200)).Run(Model());
        outcome.Failure.ShouldNotBeNull().ShouldContain("took longer than");
        outcome.Lasts.ShouldBeFalse();
    }

    [SharedFact(Voice)]
    public void A_program_that_cannot_be_started_is_no_fault_of_the_model()
    {
        var outcome = new SpeechTrial(["/nowhere/polargrid"], TimeSpan.FromSeconds(1)).Run(Model());
        outcome.Failure.ShouldNotBeNull().ShouldContain("/nowhere/polargrid cannot be started");
        outcome.Lasts.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, null, true)]
    [InlineData(3, "The model was tried and does not work: 'x' does not exist in the metadata", true)]
    [InlineData(255, "ended its process with code 255 when the model was tried: 'x' does not exist in the metadata", true)]
    [InlineData(139, "by signal 11", true)]
    [InlineData(130, "interrupted", false)]
    [InlineData(143, "interrupted", false)]
    [InlineData(137, "killed", false)]
    public void The_way_a_process_ends_says_what_happened(int exitCode, string? message, bool lasts)
    {
        var outcome = SpeechTrial.Judge(exitCode, "'x' does not exist in the metadata");
        if (message is null) outcome.Failure.ShouldBeNull();
        else outcome.Failure.ShouldNotBeNull().ShouldContain(message);
        outcome.Lasts.ShouldBe(lasts);
    }

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static SpeechTrial Trial(TimeSpan limit) => new(["dotnet", Path.Combine(AppContext.BaseDirectory, "polargrid.dll")], limit);

    /// <summary>The tone voice, one of its operators renamed.</summary>
    private SherpaModel Model(string? from = null, string? to = null)
    {
        Directory.CreateDirectory(folder);
        var bytes = File.ReadAllBytes(SharedFiles.Get(Voice));
        if (from is not null)
        {
            to!.Length.ShouldBe(from.Length);
            var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(from));
            at.ShouldBeGreaterThan(0);
            Encoding.ASCII.GetBytes(to).CopyTo(bytes, at);
        }

        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), bytes);
        File.WriteAllBytes(Path.Combine(folder, "tokens.txt"), File.ReadAllBytes(SharedFiles.Get("models/modem/tts/tokens.txt")));
        File.WriteAllText(
            Path.Combine(folder, SherpaManifest.FileName),
            """{"engine":"sherpa-onnx","kind":"vits","files":{"model":"model.onnx","tokens":"tokens.txt"},"languages":["en"],"licence":"MIT"}""");
        var result = SherpaModel.Read(folder);
        result.Error.ShouldBeNull();
        return result.Model!;
    }
}
