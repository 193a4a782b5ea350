using Shouldly;
using Xunit;
using static PolarGrid.Engine.Tests.Gguf.GgufRule;

namespace PolarGrid.Engine.Tests.Gguf;

/// <summary>Each rule of tensors and their data by itself.</summary>
public class GgufTensorRuleTests
{
    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(40_000)]
    public void More_tensors_than_allowed_are_refused(ulong count) => Refused(b => b.TensorCount = count, "tensors", 8);

    [Fact]
    public void More_tensors_than_the_file_has_room_for_are_refused()
    {
        var bytes = GgufBuilder.Valid().Build()[..2000];
        BitConverter.TryWriteBytes(bytes.AsSpan(8), 30_000UL);
        GgufBuilder.Inspect(bytes).Error!.Message.ShouldContain("room for");
    }

    [Fact]
    public void A_file_without_tensors_is_refused() => Refused(b => b.Tensors.Clear(), "no tensors");

    [Fact]
    public void A_file_without_the_embedding_is_refused() => Refused(b => b.Tensors.RemoveAt(0), "no tensor 'token_embd.weight'");

    [Fact]
    public void An_embedding_of_another_shape_is_refused() =>
        Refused(b => b.Tensors[0] = b.Tensors[0] with { Dimensions = [32, 300] }, "32 × 300; the metadata says 32 × 259");

    [Fact]
    public void Two_tensors_of_one_name_are_refused() => Refused(b => b.Tensors.Add(b.Tensors[1]), "'output_norm.weight' appears twice");

    [Theory]
    [InlineData("")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void A_tensor_name_of_no_or_too_many_bytes_is_refused(string name) =>
        Refused(b => b.Tensors[1] = b.Tensors[1] with { Name = name }, "must have 1 to 63");

    [Fact]
    public void A_tensor_name_with_a_zero_byte_is_refused() => Refused(b => b.Tensors[1] = b.Tensors[1] with { Name = "a\0b" }, "control character");

    [Theory]
    [InlineData(0u)]
    [InlineData(5u)]
    public void No_or_too_many_dimensions_are_refused(uint count) =>
        Refused(b => b.Tensors[1] = b.Tensors[1] with { DimensionCount = count }, $"has {count} dimensions");

    [Fact]
    public void A_dimension_of_zero_is_refused() => Refused(b => b.Tensors[1] = b.Tensors[1] with { Dimensions = [0] }, "Dimension 0");

    [Fact]
    public void Dimensions_whose_product_overflows_are_refused() =>
        Refused(b => b.Tensors[1] = b.Tensors[1] with { Dimensions = [1UL << 32, 1UL << 32] }, "no tensor that could exist");

    [Theory]
    [InlineData(4u)]
    [InlineData(31u)]
    [InlineData(43u)]
    [InlineData(uint.MaxValue)]
    public void An_unknown_or_removed_tensor_type_is_refused(uint type) =>
        Refused(b => b.Tensors[1] = b.Tensors[1] with { Type = type }, $"stored as type {type}");

    [Fact]
    public void A_row_that_does_not_fill_its_blocks_is_refused() =>
        Refused(b => b.Tensors[2] = b.Tensors[2] with { Dimensions = [33, 32] }, "not a multiple of the 32");

    [Fact]
    public void An_offset_that_is_not_aligned_is_refused() => Refused(b => b.Tensors[1] = b.Tensors[1] with { Offset = 33 }, "not aligned");

    [Fact]
    public void Overlapping_tensors_are_refused() => Refused(b => b.Tensors[1] = b.Tensors[1] with { Offset = 32 }, "overlaps");

    [Fact]
    public void A_gap_between_tensors_is_refused() => Refused(b => b.Tensors[1] = b.Tensors[1] with { Offset = 1 << 20 }, "where the one before it ends");

    [Fact]
    public void Data_that_runs_over_the_end_of_the_file_is_refused() =>
        Refused(b => b.Tensors.Add(new TensorSpec("big", [1UL << 40], 0)), "but the file has");

    [Fact]
    public void The_last_byte_of_data_must_be_there()
    {
        var bytes = GgufBuilder.Valid().Build();
        GgufBuilder.Inspect(bytes).Succeeded.ShouldBeTrue();
        GgufBuilder.Inspect(bytes[..^1]).Error!.Message.ShouldContain("but the file has");
    }
}
