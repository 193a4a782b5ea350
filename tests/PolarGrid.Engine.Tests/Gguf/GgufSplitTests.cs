using PolarGrid.Engine.Gguf;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Tests.Gguf;

public sealed class GgufSplitTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_model_in_two_files_is_read_as_one()
    {
        WriteParts();
        var description = GgufFile.Inspect(PartPath(1)).Description.ShouldNotBeNull();
        description.SplitCount.ShouldBe(2);
        description.TensorCount.ShouldBe(4);
        description.FileBytes.ShouldBe(new FileInfo(PartPath(1)).Length + new FileInfo(PartPath(2)).Length);
    }

    [Fact]
    public void A_missing_part_is_named()
    {
        WriteParts();
        File.Delete(PartPath(2));
        GgufFile.Inspect(PartPath(1)).Error!.Message.ShouldContain("m-00002-of-00002.gguf");
    }

    [Fact]
    public void A_later_part_alone_is_refused()
    {
        WriteParts();
        GgufFile.Inspect(PartPath(2)).Error!.Message.ShouldContain("later part");
    }

    [Fact]
    public void A_damaged_part_is_named()
    {
        WriteParts();
        File.WriteAllBytes(PartPath(2), File.ReadAllBytes(PartPath(2))[..40]);
        GgufFile.Inspect(PartPath(1)).Error!.Message.ShouldContain("m-00002-of-00002.gguf");
    }

    [Fact]
    public void A_renamed_first_part_is_refused()
    {
        WriteParts();
        var renamed = Path.Combine(folder.Path, "renamed.gguf");
        File.Move(PartPath(1), renamed);
        GgufFile.Inspect(renamed).Error!.Message.ShouldContain("does not end in");
    }

    [Fact]
    public void A_tensor_in_two_parts_is_refused()
    {
        WriteParts("output_norm.weight");
        GgufFile.Inspect(PartPath(1)).Error!.Message.ShouldContain("appears in two parts");
    }

    [Fact]
    public void Fewer_tensors_than_announced_are_refused()
    {
        WriteParts(announced: 9);
        GgufFile.Inspect(PartPath(1)).Error!.Message.ShouldContain("not 9 as announced");
    }

    private string PartPath(int number) => Path.Combine(folder.Path, $"m-{number:00000}-of-00002.gguf");

    private void WriteParts(string second = "output.weight", int announced = 4)
    {
        var first = GgufBuilder.Valid().Set("split.no", (ushort)0).Set("split.count", (ushort)2).Set("split.tensors.count", announced);
        File.WriteAllBytes(PartPath(1), first.Build());
        var rest = new GgufBuilder().Set("split.no", (ushort)1).Set("split.count", (ushort)2);
        rest.Tensors.Add(new TensorSpec(second, [32, 259], 0));
        File.WriteAllBytes(PartPath(2), rest.Build());
    }
}
