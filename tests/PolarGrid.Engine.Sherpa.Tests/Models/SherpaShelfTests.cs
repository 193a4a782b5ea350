using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests.Models;

public sealed class SherpaShelfTests : IDisposable
{
    private const string Voice = "models/modem/tts/model.onnx";
    private const string Recogniser = "models/modem/stt/model.onnx";

    private readonly ModelFolder home = new();
    private string? failure;

    [SharedFact(Voice, Recogniser)]
    public void Installed_models_are_listed_by_name_the_bad_ones_with_their_reason()
    {
        using var voice = ModelFolder.Voice();
        using var recogniser = ModelFolder.Recogniser();
        var shelf = Shelf();
        shelf.Add(voice.Path, "bells", link: false).Error.ShouldBeNull();
        shelf.Add(recogniser.Path, "ear", link: false).Error.ShouldBeNull();
        Directory.CreateDirectory(home.At("unrelated"));
        File.Delete(Path.Combine(home.At("ear"), "tokens.txt"));

        var entries = Shelf().List();
        entries.Select(entry => entry.Name).ShouldBe(["bells", "ear"]);
        entries[0].Model.ShouldNotBeNull().IsVoice.ShouldBeTrue();
        entries[1].Error.ShouldNotBeNull().ShouldContain("tokens.txt");
    }

    [SharedFact(Voice)]
    public void Only_what_the_manifest_names_is_copied()
    {
        using var voice = ModelFolder.Voice();
        File.WriteAllText(voice.At("notes.txt"), "private");
        Shelf().Add(voice.Path, "bells", link: false).Error.ShouldBeNull();
        Directory.GetFiles(home.At("bells")).Select(Path.GetFileName).Order().ShouldBe(["model.onnx", "polargrid.json", "tokens.txt"]);
    }

    [SharedFact(Voice)]
    public void A_model_that_fails_its_trial_leaves_nothing_behind()
    {
        using var voice = ModelFolder.Voice();
        failure = "It died.";
        Shelf().Add(voice.Path, "bells", link: false).Error.ShouldBe("It died.");
        Directory.GetDirectories(home.Path).ShouldBeEmpty();
    }

    [SharedFact(Voice)]
    public void A_linked_model_stays_where_it_is_and_is_not_removed_with_its_link()
    {
        using var voice = ModelFolder.Voice();
        var shelf = Shelf();
        shelf.Add(voice.Path, "bells", link: true).Model.ShouldNotBeNull().Folder.ShouldBe(voice.Path);
        shelf.List().ShouldHaveSingleItem().Name.ShouldBe("bells");
        shelf.Remove("bells").ShouldBeNull();
        shelf.List().ShouldBeEmpty();
        File.Exists(voice.At("model.onnx")).ShouldBeTrue();
    }

    [SharedFact(Voice)]
    public void A_name_that_is_taken_is_refused_and_free_again_after_a_removal()
    {
        using var voice = ModelFolder.Voice();
        var shelf = Shelf();
        shelf.Add(voice.Path, "bells", link: false);
        shelf.Add(voice.Path, "bells", link: false).Error.ShouldNotBeNull().ShouldContain("already");
        shelf.Remove("bells").ShouldBeNull();
        shelf.Add(voice.Path, "bells", link: false).Error.ShouldBeNull();
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("/tmp")]
    [InlineData("")]
    public void Removing_what_is_not_there_removes_nothing(string name) => Shelf().Remove(name).ShouldNotBeNull().ShouldContain("There is no model");

    [SharedFact(Voice)]
    public void A_model_whose_files_cannot_be_read_does_not_hide_another()
    {
        using var voice = ModelFolder.Voice();
        Shelf().Add(voice.Path, "bells", link: false).Error.ShouldBeNull();
        Shelf().Add(voice.Path, "chimes", link: false).Error.ShouldBeNull();
        File.Delete(home.At(".tried.json"));
        var ledger = new TrialLedger(
            home.At(".tried.json"), model => model.Name == "bells" ? throw new IOException("Broken disk.") : new TrialOutcome(null), TimeProvider.System);

        var entries = new SherpaShelf(home.Path, ledger).List();

        entries.Select(entry => entry.Name).ShouldBe(["bells", "chimes"]);
        entries[0].Error.ShouldNotBeNull().ShouldContain("Broken disk.");
        entries[1].Model.ShouldNotBeNull();
    }

    [Fact]
    public void A_shelf_that_does_not_exist_is_empty() =>
        new SherpaShelf(home.At("nowhere"), Ledger()).List().ShouldBeEmpty();

    public void Dispose() => home.Dispose();

    private SherpaShelf Shelf() => new(home.Path, Ledger());

    private TrialLedger Ledger() => new(home.At(".tried.json"), _ => new TrialOutcome(failure), TimeProvider.System);
}
