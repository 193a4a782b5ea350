using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Sampling;

internal static unsafe class SamplerChain
{
    public static bool NeedsChain(SamplingSettings s) =>
        s.Temperature > 0 || s.LogitBias.Count > 0 || s.FrequencyPenalty != 0 || s.PresencePenalty != 0 || s.RepetitionPenalty != 1;

    public static SamplerHandle Build(SamplingSettings s, int vocabulary, int lastTokens, ReadOnlySpan<int> prompt)
    {
        var chain = NativeSampling.CreateChain(NativeSampling.DefaultChainParams());
        if (s.LogitBias.Count > 0)
        {
            var biases = s.LogitBias.Select(b => new LlamaLogitBias { Token = b.Token, Bias = b.Bias }).ToArray();
            fixed (LlamaLogitBias* p = biases) NativeSampling.Add(chain, NativeSampling.LogitBias(vocabulary, biases.Length, p));
        }

        if (s.RepetitionPenalty != 1)
        {
            NativeSampling.Add(chain, NativeSampling.Penalties(vocabulary, lastTokens, s.RepetitionPenalty, 0, 0));
            foreach (var token in prompt) NativeSampling.Accept(chain, token);
        }

        if (s.FrequencyPenalty != 0 || s.PresencePenalty != 0)
        {
            NativeSampling.Add(chain, NativeSampling.Penalties(vocabulary, lastTokens, 1, s.FrequencyPenalty, s.PresencePenalty));
        }

        if (s.Temperature <= 0)
        {
            NativeSampling.Add(chain, NativeSampling.Greedy());
            return chain;
        }

        NativeSampling.Add(chain, NativeSampling.TopK(s.TopK));
        NativeSampling.Add(chain, NativeSampling.TopP(s.TopP, 1));
        NativeSampling.Add(chain, NativeSampling.MinP(s.MinP, 1));
        NativeSampling.Add(chain, NativeSampling.Temperature(s.Temperature));
        NativeSampling.Add(chain, NativeSampling.Distribution((uint)(s.Seed ?? 1)));
        return chain;
    }
}
