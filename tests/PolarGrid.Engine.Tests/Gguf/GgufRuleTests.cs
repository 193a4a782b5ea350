using System.Text;
using PolarGrid.Engine.Gguf;
using Shouldly;
using Xunit;

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

    [Fact]
    public void An_unknown_tokenizer_is_refused() => Refused(b => b.Set("tokenizer.ggml.model", "runes"), "tokenizer 'runes'");

    [Fact]
    public void An_empty_vocabulary_is_refused() => Refused(b => b.Set("tokenizer.ggml.tokens", Array.Empty<string>()), "vocabulary is empty");

    [Fact]
    public void Fewer_scores_than_tokens_are_refused() => Refused(b => b.Set("tokenizer.ggml.scores", new float[3]), "3 members for 259 tokens");

    [Fact]
    public void Fewer_types_than_tokens_are_refused() => Refused(b => b.Set("tokenizer.ggml.token_type", new int[3]), "3 members for 259 tokens");

    [Fact]
    public void A_score_that_is_not_a_number_is_refused()
    {
        var scores = new float[259];
        scores[7] = float.NaN;
        Refused(b => b.Set("tokenizer.ggml.scores", scores), "score of token 7");
    }

    [Fact]
    public void Two_tokens_of_the_same_text_are_refused() => Refused(b => ChangeToken(b, 5, "<s>"), "Token 5 has the same text");

    [Fact]
    public void Two_tokens_of_the_same_text_up_to_a_zero_byte_are_refused() =>
        Refused(b => ChangeToken(b, 5, "<s>\0more"), "Token 5 has the same text");

    [Fact]
    public void Two_empty_tokens_are_accepted() => Accepted(b =>
    {
        string[] tokens = [string.Empty, "<s>", "</s>", .. Enumerable.Range(0, 256).Select(i => $"<0x{i:X2}>"), string.Empty];
        b.Set("tokenizer.ggml.tokens", tokens).Remove("tokenizer.ggml.scores").Remove("tokenizer.ggml.token_type");
        b.Tensors[0] = b.Tensors[0] with { Dimensions = [32, 260] };
    });

    [Fact]
    public void A_byte_token_that_is_no_byte_is_refused() => Refused(b => ChangeToken(b, 5, "x"), "Token 5 is called a byte");

    [Fact]
    public void A_vocabulary_without_some_byte_is_refused() => Refused(
        b =>
        {
            ChangeToken(b, 3 + 0x41, "word");
            b.Remove("tokenizer.ggml.token_type");
        },
        "no token for the byte 0x41");

    [Theory]
    [InlineData("bos_token_id")]
    [InlineData("eos_token_id")]
    [InlineData("eot_token_id")]
    public void A_special_token_outside_of_the_vocabulary_is_refused(string name) =>
        Refused(b => b.Set($"tokenizer.ggml.{name}", 259u), $"{name}' is 259");

    [Fact]
    public void A_padding_token_outside_of_the_vocabulary_does_no_harm() => Accepted(b => b.Set("tokenizer.ggml.padding_token_id", uint.MaxValue));

    [Fact]
    public void Byte_tokens_in_a_tokenizer_that_has_none_are_refused() => Refused(
        b => b.Set("tokenizer.ggml.model", "bert").Set("tokenizer.ggml.bos_token_id", 1u), "this tokenizer has none of");

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(1e30f)]
    public void An_epsilon_that_no_model_can_work_with_is_refused(float epsilon) =>
        Refused(b => b.Set("llama.attention.layer_norm_rms_epsilon", epsilon), "layer_norm_rms_epsilon' is");

    [Fact]
    public void A_tokenizer_that_adds_a_token_it_does_not_have_is_refused() => Refused(
        b => b.Set("tokenizer.ggml.model", "gemma4").Set("tokenizer.ggml.merges", new[] { "a b" }).Remove("tokenizer.ggml.bos_token_id"),
        "adds a bos token");

    [Fact]
    public void A_merging_tokenizer_without_merges_is_refused() => Refused(b => b.Set("tokenizer.ggml.model", "gpt2"), "no 'tokenizer.ggml.merges'");

    [Fact]
    public void Merges_of_another_type_are_refused() => Refused(
        b => b.Set("tokenizer.ggml.model", "gpt2").Set("tokenizer.ggml.merges", new[] { 1 }), "merges' must be an array of string");

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

    [Fact]
    public void Every_error_says_what_to_do() =>
        GgufBuilder.Valid().Remove("llama.block_count").Inspect().Error!.Remedy.ShouldNotBeNullOrEmpty();

    private static void Accepted(Action<GgufBuilder> change)
    {
        var builder = GgufBuilder.Valid();
        change(builder);
        builder.Inspect().Error.ShouldBeNull();
    }

    private static void Refused(Action<GgufBuilder> change, string message, long? offset = null)
    {
        var builder = GgufBuilder.Valid();
        change(builder);
        var error = builder.Inspect().Error.ShouldNotBeNull();
        error.Message.ShouldContain(message);
        if (offset is { } expected) error.Offset.ShouldBe(expected);
    }

    private static void ChangeToken(GgufBuilder builder, int index, string text)
    {
        string[] tokens = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(b => $"<0x{b:X2}>")];
        tokens[index] = text;
        builder.Set("tokenizer.ggml.tokens", tokens);
    }

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
