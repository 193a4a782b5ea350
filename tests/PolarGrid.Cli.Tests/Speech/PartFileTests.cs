using PolarGrid.Cli.Speech;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Cli.Tests.Speech;

public sealed class PartFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Target => Path.Combine(folder.Path, "said.txt");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_stood_there_stays_until_the_new_file_is_whole()
    {
        File.WriteAllText(Target, "old");
        using (var part = PartFile.Create(Target))
        {
            part.Stream.Write("half"u8);
            part.Stream.Flush();
            File.ReadAllText(Target).ShouldBe("old");
        }

        File.ReadAllText(Target).ShouldBe("old");
        Directory.GetFiles(folder.Path).ShouldBe([Target]);
    }

    [Fact]
    public void A_whole_file_takes_the_place_of_what_stood_there()
    {
        File.WriteAllText(Target, "old and longer");
        using (var part = PartFile.Create(Target))
        {
            part.Stream.Write("new"u8);
            part.Keep();
        }

        File.ReadAllText(Target).ShouldBe("new");
        Directory.GetFiles(folder.Path).ShouldBe([Target]);
    }

    [Fact]
    public void A_file_that_happens_to_be_called_so_is_left_alone()
    {
        File.WriteAllText(Target + ".part", "mine");
        using (var one = PartFile.Create(Target))
        using (var two = PartFile.Create(Target))
        {
            one.Stream.Name.ShouldNotBe(two.Stream.Name);
        }

        File.ReadAllText(Target + ".part").ShouldBe("mine");
    }

    [Fact]
    public void A_folder_is_refused() => Should.Throw<IOException>(() => PartFile.Create(folder.Path)).Message.ShouldContain("folder");

    [Fact]
    public void A_link_is_followed_and_a_device_is_written_as_it_is()
    {
        if (OperatingSystem.IsWindows()) return;
        var link = Path.Combine(folder.Path, "link");
        File.CreateSymbolicLink(link, Target);
        using (var part = PartFile.Create(link)) part.Keep();
        File.Exists(Target).ShouldBeTrue();
        new FileInfo(link).LinkTarget.ShouldBe(Target);

        using (var part = PartFile.Create("/dev/null"))
        {
            part.Stream.Write("x"u8);
            part.Keep();
        }

        File.Exists("/dev/null").ShouldBeTrue();
    }
}
