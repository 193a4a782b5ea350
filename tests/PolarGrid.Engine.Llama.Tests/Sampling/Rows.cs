namespace PolarGrid.Engine.Llama.Tests.Sampling;

/// <summary>Rows of logits that look like a model's: many small, few large, more or less peaked.</summary>
internal static class Rows
{
    public static float[] Random(int size, double spread, int seed)
    {
        var random = new Random(seed);
        var row = new float[size];
        for (var i = 0; i < size; i++)
        {
            // Two uniform numbers make a normal one.
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            row[i] = (float)(normal * spread);
        }

        return row;
    }

    /// <summary>Probabilities of a row in double precision.</summary>
    public static double[] Softmax(float[] row, double temperature = 1)
    {
        var largest = row.Max();
        var weights = row.Select(logit => Math.Exp((logit - largest) / temperature)).ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
