using PolarGrid.ModelMaker.Weights;

namespace PolarGrid.ModelMaker.Encoders;

/// <summary>
/// The tensors of a BERT-like model. Every part begins or ends with a norm, so random weights of unit gain keep all states at a fair size;
/// norms and biases are random too, so that none of them can be left out unnoticed.
/// </summary>
internal sealed class EncoderTensors
{
    private const float EmbeddingDeviation = 0.5f, PositionDeviation = 0.2f, BiasDeviation = 0.1f, NormDeviation = 0.1f;

    private readonly EncoderShape _shape;
    private readonly TensorType _type;
    private readonly ulong _seed;
    private readonly List<TensorPlan> _plans = [];

    private EncoderTensors(EncoderShape shape, TensorType type, ulong seed)
    {
        _shape = shape;
        _type = type;
        _seed = seed;
    }

    public static IReadOnlyList<TensorPlan> Create(EncoderShape shape, TensorType type, int vocabulary, ulong seed)
    {
        var made = new EncoderTensors(shape, type, seed);
        made.AddEmbeddings(vocabulary);
        for (var layer = 0; layer < shape.Layers; layer++) made.AddLayer(layer);
        return made._plans;
    }

    private void AddEmbeddings(int vocabulary)
    {
        Add("token_embd.weight", _type, _shape.Width, vocabulary, EmbeddingDeviation);
        if (!_shape.NormsFirst) Add("token_types.weight", TensorType.F32, _shape.Width, EncoderMetadata.TokenTypes, BiasDeviation);
        if (_shape.LearnsPositions) Add("position_embd.weight", TensorType.F32, _shape.Width, _shape.Context, PositionDeviation);
        AddNorm("token_embd_norm");
        if (_shape.NormsFirst) AddNorm("output_norm");
    }

    private void AddLayer(int layer)
    {
        var (width, name) = (_shape.Width, $"blk.{layer}.");
        if (_shape.NormsFirst)
        {
            if (layer > 0) AddNorm(name + "attn_norm");
            AddNorm(name + "ffn_norm");
        }
        else
        {
            AddNorm(name + "attn_output_norm");
            AddNorm(name + "layer_output_norm");
        }

        if (_shape.Rotates) AddMatrix(name + "attn_qkv", width, 3 * width);
        else foreach (var part in (string[])["attn_q", "attn_k", "attn_v"]) AddMatrix(name + part, width, width);
        AddMatrix(name + "attn_output", width, width);
        if (_shape.HasGate) Add(name + "ffn_gate.weight", _type, width, _shape.FeedForward, 1 / MathF.Sqrt(width));
        AddMatrix(name + "ffn_up", width, _shape.NormsFirst ? 2 * _shape.FeedForward : _shape.FeedForward);
        AddMatrix(name + "ffn_down", _shape.FeedForward, width);
    }

    /// <summary>A matrix of unit gain, with a bias where the architecture has them.</summary>
    private void AddMatrix(string name, int columns, int rows)
    {
        Add(name + ".weight", _type, columns, rows, 1 / MathF.Sqrt(columns));
        if (_shape.HasBiases) AddVector(name + ".bias", rows, 0, BiasDeviation);
    }

    private void AddNorm(string name)
    {
        AddVector(name + ".weight", _shape.Width, 1, NormDeviation);
        if (!_shape.NormsFirst) AddVector(name + ".bias", _shape.Width, 0, BiasDeviation);
    }

    private void AddVector(string name, int length, float mean, float deviation)
    {
        var source = NewSource();
        _plans.Add(new TensorPlan(name, TensorType.F32, length, Rows: 1, IsVector: true, (_, values) =>
        {
            source.Fill(values, deviation);
            foreach (ref var value in values) value += mean;
        }));
    }

    private void Add(string name, TensorType type, int columns, int rows, float deviation)
    {
        var source = NewSource();
        _plans.Add(new TensorPlan(name, type, columns, rows, IsVector: false, (_, values) => source.Fill(values, deviation)));
    }

    private NormalSource NewSource() => new((_seed << 16) + (ulong)_plans.Count);
}
