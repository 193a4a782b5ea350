using System.Globalization;
using PolarGrid.Engine.Sherpa.Onnx;

namespace PolarGrid.Engine.Sherpa.Checks;

/// <summary>What the library takes for granted about a model file, asked before it does.</summary>
internal static class Expect
{
    public const int Any = -1;

    /// <summary>A number in the metadata, which must be there.</summary>
    public static int Number(this OnnxModel model, string key, int least, int most) =>
        model.Metadata.TryGetValue(key, out var text) && text.Length > 0
            ? Parse(model, key, text, least, most)
            : throw new ModelFault($"{model.File}: the metadata has no '{key}'; {Origin}");

    /// <summary>A number in the metadata, or a default.</summary>
    public static int Number(this OnnxModel model, string key, int least, int most, int otherwise) =>
        model.Metadata.TryGetValue(key, out var text) && text.Length > 0 ? Parse(model, key, text, least, most) : otherwise;

    /// <summary>Numbers with commas between them in the metadata, which must be there.</summary>
    public static int[] Numbers(this OnnxModel model, string key, int most) =>
        [.. model.Text(key).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => Parse(model, key, part, 0, most))];

    /// <summary>A text in the metadata, which must be there.</summary>
    public static string Text(this OnnxModel model, string key) =>
        model.Metadata.TryGetValue(key, out var text) && text.Length > 0
            ? text
            : throw new ModelFault($"{model.File}: the metadata has no '{key}'; {Origin}");

    /// <summary>A text in the metadata, or none.</summary>
    public static string TextOrEmpty(this OnnxModel model, string key) => model.Metadata.GetValueOrDefault(key, "");

    /// <summary>Refuses another number of inputs, another element type or another rank than the library will use.</summary>
    /// <param name="least">Fewest inputs.</param>
    /// <param name="most">Most inputs.</param>
    /// <param name="expected">Of the first inputs, in order.</param>
    public static void Inputs(this OnnxModel model, int least, int most, params (OnnxType Type, int Rank)[] expected) =>
        Values(model, "input", model.Inputs, least, most, expected);

    /// <summary>Refuses another number of outputs, another element type or another rank than the library will read.</summary>
    public static void Outputs(this OnnxModel model, int least, int most, params (OnnxType Type, int Rank)[] expected) =>
        Values(model, "output", model.Outputs, least, most, expected);

    /// <summary>Refuses an input that the library would not fill, which it tells by the name. One that is not there is fine.</summary>
    public static void Named(this OnnxModel model, int index, params string[] names)
    {
        if (index < model.Inputs.Count && !names.Contains(model.Inputs[index].Name))
        {
            throw new ModelFault($"{model.File}: input {index + 1} is {model.Inputs[index]}, but this kind of model has {string.Join(" or ", names)} there; is it the right file?");
        }
    }

    /// <summary>Refuses a fixed size that differs from what is needed.</summary>
    public static void Size(this OnnxModel model, OnnxValue value, long size, string meaning)
    {
        if (value.Last >= 0 && value.Last != size)
        {
            throw new ModelFault($"{model.File}: {value} ends in {value.Last}, but {meaning} {size}; the files do not belong together.");
        }
    }

    private const string Origin = "it is no model that was exported for sherpa-onnx.";

    private static void Values(
        OnnxModel model, string what, IReadOnlyList<OnnxValue> values, int least, int most, (OnnxType Type, int Rank)[] expected)
    {
        if (values.Count < least || values.Count > most)
        {
            var wanted = least == most ? $"{least}" : $"{least} to {most}";
            throw new ModelFault(
                $"{model.File} has {values.Count} {what}s ({string.Join("; ", values.Take(8))}), but this kind of model has {wanted}; is it the right file?");
        }

        for (var i = 0; i < expected.Length && i < values.Count; i++)
        {
            var (type, rank) = expected[i];
            var value = values[i];
            if (value.Type != type || rank != Any && value.Shape is { } shape && shape.Count != rank)
            {
                throw new ModelFault(
                    $"{model.File}: {what} {i + 1} is {value}, but this kind of model has {type}{(rank == Any ? "" : $" with {rank} dimensions")} there; is it the right file?");
            }
        }
    }

    private static int Parse(OnnxModel model, string key, string text, int least, int most) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ModelFault($"{model.File}: the metadata '{key}' is '{(text.Length > 60 ? text[..60] : text)}'; it must be a number from {least} to {most}.");
}
