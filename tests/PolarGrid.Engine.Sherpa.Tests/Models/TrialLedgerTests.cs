using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests.Models;

public sealed class TrialLedgerTests : IDisposable
{
    private const string Voice = "models/modem/tts/model.onnx";

    private readonly ModelFolder folder = new();
    private int trials;
    private TrialOutcome next = new(null);

    private string Path => folder.At(".tried.json");

    [SharedFact(Voice)]
    public void A_model_is_tried_once_and_remembered_by_the_next_start()
    {
        using var voice = ModelFolder.Voice();
        Ledger().Check(voice.Read()).ShouldBeNull();
        Ledger().Check(voice.Read()).ShouldBeNull();
        trials.ShouldBe(1);
    }

    [SharedFact(Voice)]
    public void A_failure_is_remembered_with_its_date()
    {
        using var voice = ModelFolder.Voice();
        next = new("It died.");
        Ledger().Check(voice.Read()).ShouldBe("It died.");
        Ledger().Check(voice.Read()).ShouldBe("It died. (tried 2026-11-21)");
        trials.ShouldBe(1);
    }

    [SharedFact(Voice)]
    public void An_interrupted_trial_is_not_remembered()
    {
        using var voice = ModelFolder.Voice();
        next = new("Interrupted.", Lasts: false);
        Ledger().Check(voice.Read()).ShouldBe("Interrupted.");
        next = new(null);
        Ledger().Check(voice.Read()).ShouldBeNull();
        trials.ShouldBe(2);
    }

    [SharedFact(Voice)]
    public void A_changed_file_is_tried_again_and_a_touched_one_is_not()
    {
        using var voice = ModelFolder.Voice();
        Ledger().Check(voice.Read());
        File.SetLastWriteTimeUtc(voice.At("model.onnx"), new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        Ledger().Check(voice.Read());
        trials.ShouldBe(1);

        OnnxPatch.SetMetadata(voice.At("model.onnx"), "sample_rate", "16000", "22050");
        Ledger().Check(voice.Read());
        trials.ShouldBe(2);
    }

    [SharedFact(Voice)]
    public void The_same_files_in_another_folder_need_no_trial()
    {
        using var voice = ModelFolder.Voice();
        using var copy = ModelFolder.Voice();
        var ledger = Ledger();
        ledger.Check(voice.Read());
        ledger.Check(copy.Read()).ShouldBeNull();
        trials.ShouldBe(1);
    }

    [SharedFact(Voice)]
    public void A_model_that_is_asked_for_anew_or_forgotten_is_tried_again()
    {
        using var voice = ModelFolder.Voice();
        var ledger = Ledger();
        ledger.Check(voice.Read());
        ledger.Check(voice.Read(), anew: true);
        trials.ShouldBe(2);
        ledger.Forget(voice.Read().Folder);
        ledger.Check(voice.Read());
        trials.ShouldBe(3);
    }

    [SharedFact(Voice)]
    public void A_damaged_ledger_costs_a_trial_and_no_start()
    {
        using var voice = ModelFolder.Voice();
        File.WriteAllText(Path, "{ not json");
        Ledger().Check(voice.Read()).ShouldBeNull();
        Ledger().Check(voice.Read()).ShouldBeNull();
        trials.ShouldBe(1);
    }

    public void Dispose() => folder.Dispose();

    private TrialLedger Ledger() => new(
        Path,
        _ =>
        {
            trials++;
            return next;
        },
        new FakeTimeProvider());
}
