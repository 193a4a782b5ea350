using System.Text;
using PolarGrid.Engine.Gguf;
using Shouldly;
using Xunit;
using static PolarGrid.Engine.Tests.Gguf.GgufRule;

namespace PolarGrid.Engine.Tests.Gguf;

/// <summary>Each rule by itself: a sound file with one thing wrong is refused, and the message says which.</summary>
public class GgufRuleTests
{
    [Fact]
    public void A_sound_file_is_described()
    {
        var description = GgufBuilder.Valid().Set("tokenizer.chat_template", "{{ x }}").Set("tokenizer.chat_template.tool_use", "{{ y }}")
            .Inspect().Description.ShouldNotBeNull();
        description.Version.ShouldBe(3u);
        description.Architecture.ShouldBe("llama");
        description.Name.ShouldBe("tiny");
        description.ContextLength.ShouldBe(128);
        description.HeadCounts.ShouldBe([4]);
        description.KeyValueHeadCounts.ShouldBe([2]);
        (description.KeyLength, description.ValueLength).ShouldBe((8, 8));
        description.VocabularySize.ShouldBe(259);
        description.TokenizerModel.ShouldBe("llama");
        description.ChatTemplate.ShouldBe("{{ x }}");
        description.NamedChatTemplates["tool_use"].ShouldBe("{{ y }}");
        (description.BosTokenId, description.EosTokenId, description.AddsBos).ShouldBe((1, 2, true));
        description.TensorCount.ShouldBe(3);
        description.ParameterCount.ShouldBe((32 * 259) + 32 + (32 * 32));
        description.Quantisation.ShouldBe("F32");
        description.SplitCount.ShouldBe(1);
    }

    [Fact]
    public void Memory_of_a_token_follows_from_heads_lengths_and_types()
    {
        var description = GgufBuilder.Valid().Set("llama.block_count", 3u).Set("llama.attention.head_count_kv", new uint[] { 4, 0, 2 })
            .Set("llama.attention.key_length", 32u).Set("llama.rope.dimension_count", 32u).Set("llama.attention.value_length", 16u)
            .Inspect().Description.ShouldNotBeNull();
        description.KeyValueBytesPerToken(GgmlType.F16, GgmlType.F16).ShouldBe(6 * (32 + 16) * 2);
        description.KeyValueBytesPerToken(GgmlType.Find("q8_0")!, GgmlType.F16).ShouldBe((6 * 34) + (6 * 16 * 2));
    }

    [Fact]
    public void Wrong_magic_is_refused() => Refused(b => b.Magic = 0x47475546, "does not start with 'GGUF'", 0);

    [Fact]
    public void Version_1_is_refused() => Refused(b => b.Version = 1, "version 1", 4);

    [Fact]
    public void Version_2_is_accepted() => Accepted(b => b.Version = 2);

    [Fact]
    public void A_later_version_is_refused() => Refused(b => b.Version = 4, "version 4", 4);

    [Fact]
    public void Big_endian_is_refused() => Refused(b => b.Version = 0x03000000, "big-endian", 4);

    [Fact]
    public void An_empty_file_is_refused() => GgufBuilder.Inspect([]).Error!.Message.ShouldContain("empty");

    [Fact]
    public void A_missing_file_is_an_error_value() => GgufFile.Inspect("/nowhere/at/all.gguf").Error!.Message.ShouldContain("no file");

    [Fact]
    public void A_folder_is_an_error_value() => GgufFile.Inspect(Path.GetTempPath()).Succeeded.ShouldBeFalse();

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(20_000)]
    [InlineData(9_000)]
    public void More_pairs_than_allowed_or_than_fit_are_refused(ulong count) => Refused(b => b.PairCount = count, "metadata pairs", 16);

    [Fact]
    public void A_repeated_key_is_refused() => Refused(b => b.Add("general.name", "again"), "'general.name' appears twice");

    [Fact]
    public void An_empty_key_is_refused() => Refused(b => b.Add(string.Empty, 1u), "is empty");

    [Fact]
    public void A_key_with_a_control_character_is_refused() => Refused(b => b.Add("a\0b", 1u), "control character");

    [Fact]
    public void A_key_that_is_too_long_is_refused() => Refused(b => b.Add(new string('k', 70_000), 1u), "at most 65535");

    [Fact]
    public void An_unknown_value_type_is_refused() => Refused(b => b.Add("x", new RawValue(13, [])), "type of 'x' is 13");

    [Fact]
    public void An_array_of_arrays_is_refused() => Refused(b => b.Add("x", new RawValue(9, Bytes(9u, 1UL))), "array of arrays");

    [Fact]
    public void An_array_of_an_unknown_type_is_refused() => Refused(b => b.Add("x", new RawValue(9, Bytes(77u, 1UL))), "element type of 'x' is 77");

    [Theory]
    [InlineData(4u, ulong.MaxValue)]
    [InlineData(8u, 1UL << 40)]
    [InlineData(12u, 1UL << 61)]
    public void An_array_longer_than_the_file_is_refused(uint type, ulong count) =>
        Refused(b => b.Add("x", new RawValue(9, Bytes(type, count))), "have room for");

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 32)]
    public void A_string_longer_than_the_file_is_refused(ulong length) => Refused(b => b.Add("x", new RawValue(8, Bytes(length))), "are left in the file");

    [Theory]
    [InlineData("general.architecture")]
    [InlineData("tokenizer.ggml.model")]
    [InlineData("tokenizer.ggml.tokens")]
    [InlineData("llama.context_length")]
    [InlineData("llama.embedding_length")]
    [InlineData("llama.block_count")]
    [InlineData("llama.attention.head_count")]
    public void A_missing_required_key_is_refused(string key) => Refused(b => b.Remove(key), $"no '{key}'");

    [Theory]
    [InlineData("general.architecture")]
    [InlineData("general.name")]
    [InlineData("tokenizer.ggml.model")]
    [InlineData("tokenizer.ggml.tokens")]
    [InlineData("tokenizer.ggml.scores")]
    [InlineData("tokenizer.ggml.token_type")]
    [InlineData("tokenizer.ggml.bos_token_id")]
    [InlineData("tokenizer.ggml.add_bos_token")]
    [InlineData("tokenizer.chat_template")]
    [InlineData("llama.context_length")]
    [InlineData("llama.block_count")]
    [InlineData("llama.attention.head_count")]
    [InlineData("llama.rope.dimension_count")]
    [InlineData("general.alignment")]
    public void A_key_of_the_wrong_type_is_refused(string key) => Refused(b => b.Set(key, 7L), $"'{key}' must be");

    [Theory]
    [InlineData("llama.context_length", 0u)]
    [InlineData("llama.context_length", 4_000_000_000u)]
    [InlineData("llama.embedding_length", 0u)]
    [InlineData("llama.embedding_length", 100_000_000u)]
    [InlineData("llama.block_count", 0u)]
    [InlineData("llama.block_count", 513u)]
    [InlineData("llama.attention.head_count", 100_000u)]
    [InlineData("llama.attention.key_length", 0u)]
    [InlineData("llama.nextn_predict_layers", 2u)]
    [InlineData("llama.expert_count", 2000u)]
    public void A_size_out_of_range_is_refused(string key, uint value) => Refused(b => b.Set(key, value), $"'{key}' is {value}");

    [Fact]
    public void No_head_at_all_is_refused() => Refused(b => b.Set("llama.attention.head_count", 0u), "at least one head");

    [Fact]
    public void A_per_layer_array_of_another_length_is_refused() =>
        Refused(b => b.Set("llama.attention.head_count", new uint[] { 4, 4 }), "has 2 members, but the model has 1 blocks");

    [Fact]
    public void Heads_that_cannot_share_keys_evenly_are_refused() => Refused(b => b.Set("llama.attention.head_count_kv", 3u), "cannot share evenly");

    [Fact]
    public void An_embedding_that_heads_do_not_divide_is_refused() =>
        Refused(b => b.Set("llama.attention.head_count", 5u).Set("llama.attention.head_count_kv", 5u), "cannot be divided");

    [Fact]
    public void An_odd_rotation_is_refused() => Refused(b => b.Set("llama.rope.dimension_count", 7u), "must be even");

    [Fact]
    public void A_rotation_of_another_length_than_the_key_is_refused() =>
        Refused(b => b.Set("llama.rope.dimension_count", 4u), "must be the length of a key, 8");

    [Fact]
    public void An_unknown_rope_scaling_is_refused() => Refused(b => b.Set("llama.rope.scaling.type", "magic"), "'magic'");

    [Theory]
    [InlineData(4u, 0u, 0u, 0u, "expert_used_count")]
    [InlineData(4u, 5u, 0u, 0u, "expert_used_count")]
    [InlineData(0u, 1u, 0u, 0u, "expert_used_count")]
    [InlineData(4u, 2u, 4u, 1u, "expert_group_count")]
    [InlineData(4u, 2u, 3u, 1u, "groups")]
    [InlineData(4u, 2u, 2u, 0u, "groups")]
    [InlineData(4u, 2u, 2u, 2u, "groups")]
    public void Experts_that_do_not_work_out_are_refused(uint experts, uint used, uint groups, uint usedGroups, string message) => Refused(
        b => b.Set("llama.expert_count", experts).Set("llama.expert_used_count", used).Set("llama.expert_group_count", groups)
            .Set("llama.expert_group_used_count", usedGroups),
        message);

    [Fact]
    public void An_unknown_architecture_is_refused() => Refused(b => b.Set("general.architecture", "brain"), "architecture 'brain' is not known");

    [Fact]
    public void An_image_encoder_is_refused() => Refused(b => b.Set("general.architecture", "clip"), "image encoder");

    [Fact]
    public void An_adapter_is_refused() => Refused(b => b.Set("general.type", "adapter"), "adapter");

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(16u)]
    [InlineData(1u << 31)]
    public void An_alignment_out_of_range_is_refused(uint alignment) => Refused(b => b.Set("general.alignment", alignment), "'general.alignment' is");

    [Fact]
    public void An_alignment_that_is_no_power_of_two_is_refused() => Refused(b => b.Set("general.alignment", 96u), "no power of two");

    [Fact]
    public void A_larger_alignment_is_honoured() => Accepted(b =>
    {
        b.Alignment = 256;
        b.Set("general.alignment", 256u);
    });

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(1e30f)]
    public void An_epsilon_that_no_model_can_work_with_is_refused(float epsilon) =>
        Refused(b => b.Set("llama.attention.layer_norm_rms_epsilon", epsilon), "layer_norm_rms_epsilon' is");

    [Fact]
    public void Every_error_says_what_to_do() =>
        GgufBuilder.Valid().Remove("llama.block_count").Inspect().Error!.Remedy.ShouldNotBeNullOrEmpty();

    private static byte[] Bytes(params object[] values)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        foreach (var value in values)
        {
            if (value is uint small) writer.Write(small);
            else writer.Write((ulong)value);
        }

        writer.Flush();
        return stream.ToArray();
    }
}
