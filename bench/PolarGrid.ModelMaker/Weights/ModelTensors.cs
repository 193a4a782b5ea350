using PolarGrid.ModelMaker.Tokenizers;

namespace PolarGrid.ModelMaker.Weights;

/// <summary>
/// The tensors of a llama model, with weights that keep activations finite and the output alive.
/// <para>
/// A random model would end its answer at any moment, and emit halves of characters that a server must hold back. So two parts
/// of the residual stream, one block of 32 elements each, are set aside. Every token's embedding has the same value in the first
/// part; the first layer's attention copies it to the second and nothing else touches either. There an embedding says
/// whether its token is a plain word (plus) or not (minus), and as the same matrix makes the logits, only plain words are ever
/// likely: a request for N tokens yields N tokens and N pieces of text.
/// </para>
/// </summary>
internal sealed class ModelTensors
{
    private const int PartWidth = 32;
    private const int PartsWidth = 2 * PartWidth;
    private static readonly Range Constant = ..PartWidth;
    private static readonly Range Favour = PartWidth..PartsWidth;

    private const float ConstantLevel = 0.25f;
    private const float FavourLevel = 0.05f;
    private const float EmbeddingDeviation = 0.05f;

    /// <summary>Spread of the logits: wide enough for a clear winner, narrow enough that sampling still varies.</summary>
    private const float LogitDeviation = 3f;

    /// <summary>How far other tokens lie below plain words.</summary>
    private const float FavourLogits = 30f;

    /// <summary>Every layer adds about this much to the residual stream (root mean square).</summary>
    private const float LayerGrowth = 0.5f;

    private readonly ModelShape _shape;
    private readonly TensorType _type;
    private readonly ulong _seed;
    private readonly List<TensorPlan> _plans = [];

    private ModelTensors(ModelShape shape, TensorType type, ulong seed)
    {
        _shape = shape;
        _type = type;
        _seed = seed;
    }

    public static IReadOnlyList<TensorPlan> Create(ModelShape shape, TensorType type, IReadOnlyList<TokenEntry> tokens, ulong seed)
    {
        var made = new ModelTensors(shape, type, seed);
        made.AddEmbedding(tokens);
        for (var layer = 0; layer < shape.Layers; layer++) made.AddLayer(layer);
        made.AddOutputNorm();
        return made._plans;
    }

    /// <remarks>Kept in 8 bits when the rest has 4: common quantisers also spend more on the matrix that makes the logits.</remarks>
    private void AddEmbedding(IReadOnlyList<TokenEntry> tokens)
    {
        var source = NewSource();
        Add("token_embd.weight", _type == TensorType.Q4_0 ? TensorType.Q8_0 : _type, _shape.Width, tokens.Count, (row, values) =>
        {
            source.Fill(values, EmbeddingDeviation);
            values[Constant].Fill(ConstantLevel);
            values[Favour].Fill(tokens[row].IsPlainWord ? FavourLevel : -FavourLevel);
        });
    }

    private void AddLayer(int layer)
    {
        var name = $"blk.{layer}.";
        var width = _shape.Width;
        var first = layer == 0;
        AddNorm(name + "attn_norm.weight", constant: first ? 1 : 0, favour: 0, rest: 1);
        AddReader(name + "attn_q.weight", width);
        AddReader(name + "attn_k.weight", _shape.KeyValueWidth);
        AddReader(name + "attn_v.weight", _shape.KeyValueWidth, first ? ReadConstant : null);
        AddWriter(name + "attn_output.weight", width, first ? WriteFavour : null);
        AddNorm(name + "ffn_norm.weight", constant: 0, favour: 0, rest: 1);
        AddReader(name + "ffn_gate.weight", _shape.FeedForward);
        AddReader(name + "ffn_up.weight", _shape.FeedForward);
        AddWriter(name + "ffn_down.weight", _shape.FeedForward);
    }

    /// <summary>A matrix from the residual stream to somewhere of unit size.</summary>
    private void AddReader(string name, int rows, RowFiller? change = null)
    {
        var source = NewSource();
        var deviation = 1 / MathF.Sqrt(_shape.Width);
        Add(name, _type, _shape.Width, rows, (row, values) =>
        {
            source.Fill(values, deviation);
            change?.Invoke(row, values);
        });
    }

    /// <summary>A matrix back into the residual stream that leaves the two parts alone.</summary>
    private void AddWriter(string name, int columns, RowFiller? change = null)
    {
        var source = NewSource();
        var deviation = 1 / MathF.Sqrt(columns);
        Add(name, _type, columns, _shape.Width, (row, values) =>
        {
            source.Fill(values, deviation);
            if (row < PartsWidth) values.Clear();
            change?.Invoke(row, values);
        });
    }

    /// <summary>Makes the first value of the first head 1 at every position, so that attention leaves it at 1.</summary>
    private void ReadConstant(int row, Span<float> values)
    {
        if (row != 0) return;
        var parts = PartWidth * ((ConstantLevel * ConstantLevel) + (FavourLevel * FavourLevel));
        var rest = (_shape.Width - PartsWidth) * EmbeddingDeviation * EmbeddingDeviation;
        var embeddingSize = MathF.Sqrt((parts + rest) / _shape.Width);
        values.Clear();
        values[Constant].Fill(embeddingSize / (PartWidth * ConstantLevel));
    }

    private static void WriteFavour(int row, Span<float> values)
    {
        if (row is >= PartWidth and < PartsWidth) values[0] = 1;
    }

    private void AddOutputNorm()
    {
        var streamSize = MathF.Sqrt((EmbeddingDeviation * EmbeddingDeviation) + (_shape.Layers * LayerGrowth * LayerGrowth));
        AddNorm(
            "output_norm.weight",
            constant: 0,
            favour: FavourLogits * streamSize / (2 * PartWidth * FavourLevel),
            rest: LogitDeviation / (EmbeddingDeviation * MathF.Sqrt(_shape.Width)));
    }

    private void AddNorm(string name, float constant, float favour, float rest) =>
        _plans.Add(new TensorPlan(name, TensorType.F32, _shape.Width, Rows: 1, IsVector: true, (_, values) =>
        {
            values.Fill(rest);
            values[Constant].Fill(constant);
            values[Favour].Fill(favour);
        }));

    private void Add(string name, TensorType type, int columns, int rows, RowFiller fill) =>
        _plans.Add(new TensorPlan(name, type, columns, rows, IsVector: false, fill));

    private NormalSource NewSource() => new((_seed << 16) + (ulong)_plans.Count);
}
