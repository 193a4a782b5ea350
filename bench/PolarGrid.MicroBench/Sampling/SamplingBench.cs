using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine;
using PolarGrid.Engine.Llama;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Llama.Sampling;

namespace PolarGrid.MicroBench.Sampling;

/// <summary>What choosing one token costs, against the library's chain over the whole vocabulary.</summary>
internal static unsafe class SamplingBench
{
    private const int Vocabulary = 49_152;

    public static int Run()
    {
        LlamaBackend.Start(null, NullLogger.Instance);
        (string Name, SamplingSettings Settings)[] cases =
        [
            ("greedy", new() { Temperature = 0 }),
            ("temperature 1", new() { Seed = 1 }),
            ("temperature 0.7, top_p 0.9", new() { Seed = 1, Temperature = 0.7f, TopP = 0.9f }),
            ("temperature 0.8, top_k 40", new() { Seed = 1, Temperature = 0.8f, TopK = 40 }),
            ("top_k 40, top_p 0.95, min_p 0.05", new() { Seed = 1, Temperature = 0.8f, TopK = 40, TopP = 0.95f, MinP = 0.05f }),
            ("temperature 0.8, min_p 0.05", new() { Seed = 1, Temperature = 0.8f, MinP = 0.05f }),
        ];

        Console.WriteLine($"microseconds of processor time per token, vocabulary of {Vocabulary}: ours / the library's chain");
        Console.WriteLine($"{"",-36} {"peaked",18} {"flat",18}");
        foreach (var (name, settings) in cases)
        {
            var peaked = Measure(settings, Row(3.0));
            var flat = Measure(settings, Row(0.3));
            Console.WriteLine($"{name,-36} {peaked.Ours,8:F1} /{peaked.Chain,8:F0} {flat.Ours,8:F1} /{flat.Chain,8:F0}");
        }

        return 0;
    }

    private static (double Ours, double Chain) Measure(SamplingSettings settings, float[] row)
    {
        using var scratch = new SamplingScratch(row.Length);
        using var chooser = new TokenChooser(settings, row.Length, scratch);
        var ours = CpuTime.PerCall(400, () => chooser.Choose(row));

        using var chain = NativeSampling.CreateChain(NativeSampling.DefaultChainParams());
        NativeSampling.Add(chain, NativeSampling.TopK(settings.TopK));
        NativeSampling.Add(chain, NativeSampling.TopP(settings.TopP, 1));
        NativeSampling.Add(chain, NativeSampling.MinP(settings.MinP, 1));
        NativeSampling.Add(chain, NativeSampling.Temperature(settings.Temperature));
        NativeSampling.Add(chain, NativeSampling.Distribution(1));
        var native = CpuTime.PerCall(20, () =>
        {
            var data = scratch.Candidates;
            for (var i = 0; i < row.Length; i++) data[i] = new LlamaTokenData { Id = i, Logit = row[i] };
            var array = new LlamaTokenDataArray { Data = data, Size = (nuint)row.Length, Selected = -1 };
            NativeSampling.Apply(chain, &array);
        });
        return (ours, native);
    }

    private static float[] Row(double spread)
    {
        var random = new Random(1);
        var row = new float[Vocabulary];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = (float)(spread * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return row;
    }
}
