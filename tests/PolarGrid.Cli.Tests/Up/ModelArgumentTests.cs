using PolarGrid.Cli.Up;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Cli.Tests.Up;

public sealed class ModelArgumentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> mistakes = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_name_and_a_path_are_told_apart()
    {
        var file = NewFile("some.gguf");

        var model = ModelArgument.ReadAll([$"llama-3.1-8b={file}"], mistakes).ShouldHaveSingleItem();

        model.ShouldBe(new ModelArgument("llama-3.1-8b", file));
        mistakes.ShouldBeEmpty();
    }

    [Fact]
    public void Spaces_around_name_and_path_do_not_count()
    {
        var file = NewFile("some.gguf");

        ModelArgument.ReadAll([$" tiny = {file} "], mistakes).ShouldBe([new ModelArgument("tiny", file)]);
    }

    [Fact]
    public void A_path_alone_is_served_under_its_file_name()
    {
        var file = NewFile("qwen-0.5b.q8_0.gguf");

        ModelArgument.ReadAll([file], mistakes).ShouldBe([new ModelArgument("qwen-0.5b.q8_0", file)]);
    }

    [Fact]
    public void A_file_whose_name_holds_an_equals_sign_is_still_a_file()
    {
        var file = NewFile("a=b.gguf");

        ModelArgument.ReadAll([file], mistakes).ShouldBe([new ModelArgument("a=b", file)]);
        ModelArgument.ReadAll([$"named={file}"], mistakes).ShouldBe([new ModelArgument("named", file)]);
    }

    [Fact]
    public void A_relative_path_becomes_absolute()
    {
        var file = NewFile("some.gguf");
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, file);

        ModelArgument.ReadAll([$"tiny={relative}"], mistakes).ShouldHaveSingleItem().Path.ShouldBe(file);
    }

    [Theory]
    [InlineData("=some.gguf")]
    [InlineData("tiny=")]
    [InlineData("")]
    public void A_missing_half_is_named(string text)
    {
        ModelArgument.ReadAll([text], mistakes).ShouldBeEmpty();

        mistakes.ShouldHaveSingleItem().ShouldContain($"--model is '{text}'");
    }

    [Fact]
    public void A_name_of_more_than_128_characters_is_refused()
    {
        var file = NewFile("some.gguf");

        ModelArgument.ReadAll([$"{new string('n', 129)}={file}"], mistakes).ShouldBeEmpty();
        ModelArgument.ReadAll([$"{new string('n', 128)}={file}"], mistakes).ShouldHaveSingleItem();

        mistakes.ShouldHaveSingleItem().ShouldContain("1 to 128 characters");
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_with_its_whole_path()
    {
        var missing = Path.Combine(folder.Path, "missing.gguf");

        ModelArgument.ReadAll([$"tiny={missing}"], mistakes).ShouldBeEmpty();

        mistakes.ShouldHaveSingleItem().ShouldBe($"--model tiny: there is no file {missing}.");
    }

    [Fact]
    public void A_folder_is_no_model()
    {
        ModelArgument.ReadAll([$"tiny={folder.Path}"], mistakes).ShouldBeEmpty();

        mistakes.ShouldHaveSingleItem().ShouldContain("there is no file");
    }

    [Fact]
    public void The_same_name_twice_is_refused()
    {
        var file = NewFile("some.gguf");

        ModelArgument.ReadAll([$"tiny={file}", $"tiny={file}"], mistakes).ShouldHaveSingleItem();

        mistakes.ShouldHaveSingleItem().ShouldContain("--model tiny is given twice");
    }

    [Fact]
    public void Every_mistake_is_reported_at_once()
    {
        ModelArgument.ReadAll(["=", "a=nowhere.gguf", "b=nowhere.gguf"], mistakes).ShouldBeEmpty();

        mistakes.Count.ShouldBe(3);
    }

    private string NewFile(string name)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, []);
        return path;
    }
}
