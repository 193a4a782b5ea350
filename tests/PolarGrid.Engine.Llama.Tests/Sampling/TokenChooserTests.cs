using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Llama.Sampling;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Sampling;

public sealed unsafe class TokenChooserTests
{
    private const int Draws = 30_000;

    public TokenChooserTests() => _ = Stories.Backend;

    public static TheoryData<string, SamplingSettings> Settings { get; } = new()
    {
        { "plain", new SamplingSettings { Seed = 1 } },
        { "hot", new SamplingSettings { Seed = 2, Temperature = 1.7f } },
        { "nucleus", new SamplingSettings { Seed = 3, Temperature = 0.7f, TopP = 0.9f } },
        { "nucleus at temperature 1", new SamplingSettings { Seed = 4, TopP = 0.5f } },
        { "min_p", new SamplingSettings { Seed = 5, Temperature = 1.5f, MinP = 0.2f } },
        { "nucleus and min_p", new SamplingSettings { Seed = 6, Temperature = 0.9f, TopP = 0.95f, MinP = 0.05f } },
        { "top_k", new SamplingSettings { Seed = 7, Temperature = 0.8f, TopK = 10 } },
        { "all", new SamplingSettings { Seed = 8, Temperature = 0.8f, TopK = 30, TopP = 0.9f, MinP = 0.02f } },
        { "top_k above the vocabulary", new SamplingSettings { Seed = 9, TopK = 100_000, TopP = 0.8f } },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Draws_fall_as_the_librarys_own_chain_says(string name, SamplingSettings settings)
    {
        _ = name;
        var row = Rows.Random(700, 1.6, seed: 11);
        var expected = Reference(row, settings);
        using var scratch = new SamplingScratch(row.Length);
        using var chooser = new TokenChooser(settings, row.Length, scratch);

        var seen = new int[row.Length];
        for (var i = 0; i < Draws; i++) seen[chooser.Choose(row)]++;

        for (var token = 0; token < row.Length; token++)
        {
            var chance = expected.GetValueOrDefault(token);
            if (chance == 0) seen[token].ShouldBe(0, $"token {token} was truncated");
            var deviation = Math.Sqrt(Draws * chance * (1 - chance));
            ((double)seen[token]).ShouldBe(Draws * chance, (5 * deviation) + 1, $"token {token}");
        }
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_another_seed_does_not()
    {
        var row = Rows.Random(5000, 2, seed: 1);

        Draw(row, new SamplingSettings { Seed = 42 }).ShouldBe(Draw(row, new SamplingSettings { Seed = 42 }));
        Draw(row, new SamplingSettings { Seed = 42 }).ShouldNotBe(Draw(row, new SamplingSettings { Seed = 43 }));
        Draw(row, new SamplingSettings()).ShouldNotBe(Draw(row, new SamplingSettings()));
    }

    [Theory]
    [InlineData(0f, 1f, 0)]
    [InlineData(1e-9f, 1f, 0)]
    [InlineData(1f, 0f, 0)]
    [InlineData(1f, 1f, 1)]
    public void What_leaves_one_token_takes_the_likeliest(float temperature, float topP, int topK)
    {
        var row = Rows.Random(5000, 0.1, seed: 1);
        var likeliest = Array.IndexOf(row, row.Max());
        Draw(row, new SamplingSettings { Temperature = temperature, TopP = topP, TopK = topK }).ShouldAllBe(token => token == likeliest);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.PositiveInfinity)]
    public void A_broken_row_still_gives_a_token(float value)
    {
        float[] row = [.. Enumerable.Repeat(value, 300)];
        Draw(row, new SamplingSettings()).ShouldAllBe(token => token >= 0 && token < 300);
        Draw(row, new SamplingSettings { TopK = 5 }).ShouldAllBe(token => token >= 0 && token < 300);
        Draw(row, new SamplingSettings { TopP = 0.9f, Temperature = 0.5f }).ShouldAllBe(token => token >= 0 && token < 300);
        Draw(row, new SamplingSettings { Temperature = 0 }).ShouldAllBe(token => token >= 0 && token < 300);
    }

    [Fact]
    public void One_number_that_is_none_does_not_win()
    {
        var row = Rows.Random(300, 1, seed: 1);
        row[7] = float.NaN;
        Draw(row, new SamplingSettings { Temperature = 0 }).ShouldNotContain(7);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(0xFFFF_FFFFL)]
    [InlineData(long.MinValue)]
    public void No_seed_folds_to_the_one_that_means_draw_one(long seed) => Seeds.Fold(seed).ShouldNotBe(0xFFFF_FFFFu);

    private static int[] Draw(float[] row, SamplingSettings settings)
    {
        using var scratch = new SamplingScratch(row.Length);
        using var chooser = new TokenChooser(settings, row.Length, scratch);
        return [.. Enumerable.Range(0, 50).Select(_ => chooser.Choose(row))];
    }

    // The library's samplers on the whole vocabulary; its draw leaves the chances in the candidates.
    private static Dictionary<int, double> Reference(float[] row, SamplingSettings settings)
    {
        using var chain = NativeSampling.CreateChain(NativeSampling.DefaultChainParams());
        NativeSampling.Add(chain, NativeSampling.TopK(settings.TopK));
        NativeSampling.Add(chain, NativeSampling.TopP(settings.TopP, 1));
        NativeSampling.Add(chain, NativeSampling.MinP(settings.MinP, 1));
        NativeSampling.Add(chain, NativeSampling.Temperature(settings.Temperature));
        NativeSampling.Add(chain, NativeSampling.Distribution(1));
        LlamaTokenData[] candidates = [.. row.Select((logit, id) => new LlamaTokenData { Id = id, Logit = logit })];
        fixed (LlamaTokenData* data = candidates)
        {
            var array = new LlamaTokenDataArray { Data = data, Size = (nuint)row.Length, Selected = -1 };
            NativeSampling.Apply(chain, &array);
            var chances = new Dictionary<int, double>();
            for (nuint i = 0; i < array.Size; i++) chances[array.Data[i].Id] = array.Data[i].Probability;
            return chances;
        }
    }
}
