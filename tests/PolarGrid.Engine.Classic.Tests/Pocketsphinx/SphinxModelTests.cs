using PolarGrid.Engine.Classic.Pocketsphinx;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Classic.Tests.Pocketsphinx;

public sealed class SphinxModelTests
{
    [Fact]
    public void An_absent_model_names_the_package()
    {
        var (model, missing) = SphinxModel.Find("/no/such/folder");

        model.ShouldBeNull();
        missing.ShouldBe("the model /no/such/folder is not installed (Debian package pocketsphinx-en-us).");
    }

    [Fact]
    public void A_model_with_a_file_missing_names_the_file()
    {
        var root = Directory.CreateTempSubdirectory("sphinx-model").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "en-us"));
            File.WriteAllText(Path.Combine(root, "en-us", "mdef"), "");

            SphinxModel.Find(root).Missing!.ShouldContain("lacks en-us/means (Debian package pocketsphinx-en-us)");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
