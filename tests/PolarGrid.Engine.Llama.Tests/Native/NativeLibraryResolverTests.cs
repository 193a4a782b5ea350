using PolarGrid.Engine.Llama.Native;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Native;

public sealed class NativeLibraryResolverTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    [Fact]
    public void The_setting_comes_before_the_environment_and_that_before_the_application()
    {
        var setting = WithLibrary("setting");
        var environment = WithLibrary("environment");
        var application = WithLibrary("application/native");

        NativeLibraryResolver.FindFolder(setting, environment, Path.Combine(root.Path, "application")).ShouldBe(setting);
        NativeLibraryResolver.FindFolder(null, environment, Path.Combine(root.Path, "application")).ShouldBe(environment);
        NativeLibraryResolver.FindFolder(null, "", Path.Combine(root.Path, "application")).ShouldBe(application);
    }

    [Fact]
    public void A_named_folder_without_the_library_is_an_error_although_another_has_it()
    {
        var environment = WithLibrary("environment");
        var empty = Directory.CreateDirectory(Path.Combine(root.Path, "empty")).FullName;

        var error = Should.Throw<NativeLibraryException>(() => NativeLibraryResolver.FindFolder(empty, environment, environment));

        error.Message.ShouldContain(empty);
        error.Message.ShouldContain("libllama.v0.5.0");
    }

    [Fact]
    public void A_missing_library_says_what_to_run()
    {
        var error = Should.Throw<NativeLibraryException>(() => NativeLibraryResolver.FindFolder(null, null, root.Path));

        error.Message.ShouldContain("npm ci --ignore-scripts");
        error.Message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("0.5.0", true)]
    [InlineData("v0.5.0", true)]
    [InlineData("0.5.0-dev", true)]
    [InlineData("0.5.01", false)]
    [InlineData("0.5.0.1", false)]
    [InlineData("0.4.0", false)]
    [InlineData("", false)]
    public void Versions_match_up_to_a_suffix(string reported, bool expected) => NativeVersion.Matches(reported).ShouldBe(expected);

    [Fact]
    public void The_library_of_this_build_starts_and_says_what_it_chose()
    {
        var backend = Stories.Backend;

        NativeVersion.Matches(backend.Version).ShouldBeTrue();
        backend.CpuVariant.ShouldNotBe("unknown");
        backend.SystemInfo.ShouldNotBeEmpty();
        Stories.Backend.ShouldBeSameAs(backend);
    }

    public void Dispose() => root.Dispose();

    private string WithLibrary(string folder)
    {
        var path = Directory.CreateDirectory(Path.Combine(root.Path, folder)).FullName;
        foreach (var name in (string[])["libllama.v0.5.0.so", "libllama.so", "libllama.dylib", "llama.dll"]) File.WriteAllText(Path.Combine(path, name), "");
        return path;
    }
}
