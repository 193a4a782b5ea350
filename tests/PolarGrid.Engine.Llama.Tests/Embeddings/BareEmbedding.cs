using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Tests.Embeddings;

/// <summary>
/// The vector of a text by another way: a fresh model and context for it alone, the library's own tokens, its states token by token
/// without pooling; pooled and scaled here in double precision.
/// </summary>
internal static unsafe class BareEmbedding
{
    public static (float[] Vector, int[] Tokens) Compute(string path, string text, string pooling)
    {
        using var model = NativeModel.LoadFromFile(path, NativeModel.DefaultParams());
        var tokens = Tokenize(NativeVocabulary.Get(model), text);
        var parameters = NativeContext.DefaultParams();
        parameters.Context = parameters.Batch = parameters.MicroBatch = (uint)tokens.Length;
        parameters.MaxSequences = 1;
        parameters.Threads = parameters.BatchThreads = 1;
        parameters.PoolingType = 0;
        parameters.Embeddings = 1;
        using var context = NativeContext.Create(model, parameters);
        var states = States(context, tokens, NativeModel.EmbeddingOutputSize(model));
        return (Pool(states, pooling), tokens);
    }

    private static int[] Tokenize(nint vocabulary, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var tokens = new int[utf8.Length + 16];
        fixed (byte* start = utf8)
        fixed (int* target = tokens)
        {
            var count = NativeVocabulary.Tokenize(vocabulary, start, utf8.Length, target, tokens.Length, addSpecial: true, parseSpecial: false);
            return tokens[..count];
        }
    }

    private static double[][] States(ContextHandle context, int[] tokens, int size)
    {
        var get = (delegate* unmanaged[Cdecl]<nint, int, float*>)Export("llama_get_embeddings_ith");
        var batch = new LlamaBatch { Count = tokens.Length };
        fixed (int* start = tokens)
        {
            batch.Tokens = start;
            var code = NativeContext.Decode(context, batch);
            if (code != 0) throw new InvalidOperationException($"llama_decode gave {code}.");
        }

        return
        [
            .. Enumerable.Range(0, tokens.Length).Select(token =>
            {
                var row = new ReadOnlySpan<float>(get(context.DangerousGetHandle(), token), size);
                var state = new double[size];
                for (var at = 0; at < size; at++) state[at] = row[at];
                return state;
            }),
        ];
    }

    private static float[] Pool(double[][] states, string pooling)
    {
        var vector = pooling switch
        {
            "Cls" => states[0],
            "Last" => states[^1],
            _ => [.. Enumerable.Range(0, states[0].Length).Select(at => states.Average(state => state[at]))],
        };
        var length = Math.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => (float)(value / length))];
    }

    private static nint Export(string name)
    {
        using var process = Process.GetCurrentProcess();
        var file = process.Modules.Cast<ProcessModule>().First(module => module.ModuleName.StartsWith("libllama.", StringComparison.Ordinal)).FileName;
        return NativeLibrary.GetExport(NativeLibrary.Load(file), name);
    }
}
