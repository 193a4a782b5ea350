using System.CommandLine;
using System.Diagnostics;
using PolarGrid.ModelMaker.Encoders;
using PolarGrid.ModelMaker.Gguf;
using PolarGrid.ModelMaker.Tokenizers;
using PolarGrid.ModelMaker.Weights;

namespace PolarGrid.ModelMaker;

/// <summary>The command line: <c>--shape 135m --type q8_0 --output FILE</c>.</summary>
internal static class MakeCommand
{
    private static readonly Dictionary<string, TensorType> Types = new()
    {
        ["f16"] = TensorType.F16,
        ["q8_0"] = TensorType.Q8_0,
        ["q4_0"] = TensorType.Q4_0,
    };

    public static RootCommand Create()
    {
        var shape = new Option<string>("--shape") { Description = "Sizes of the model.", Required = true };
        shape.AcceptOnlyFromAmong([.. ModelShape.Names, .. EncoderShape.Names]);
        var type = new Option<string>("--type") { Description = "Type of the matrices.", DefaultValueFactory = _ => "q8_0" };
        type.AcceptOnlyFromAmong([.. Types.Keys]);
        var output = new Option<FileInfo>("--output", "-o") { Description = "GGUF file to write; replaced if it exists.", Required = true };
        var context = new Option<int?>("--context") { Description = "Context length in tokens (default: the shape's own)." };
        context.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 32 or > 1 << 20) result.AddError("--context must lie between 32 and 1048576.");
        });
        var seed = new Option<ulong>("--seed") { Description = "Same seed, same file.", DefaultValueFactory = _ => 1 };
        var tokenizer = new Option<FileInfo>("--tokenizer")
        {
            Description = "GGUF file whose tokenizer is copied (default: a generated one).",
        };
        tokenizer.AcceptExistingOnly();
        var pooling = new Option<PoolingKind?>("--pooling") { Description = "How an encoder makes one vector of its states (default: the shape's own)." };

        var command = new RootCommand("Writes a GGUF model with random weights: right in every size and speed, senseless in every word.")
        {
            shape, type, output, context, seed, tokenizer, pooling,
        };
        command.SetAction(parsed =>
        {
            try
            {
                if (EncoderShape.TryFind(parsed.GetRequiredValue(shape)) is { } encoder)
                {
                    if (parsed.GetValue(tokenizer) is not null) throw new InvalidDataException("--tokenizer is for models that write; encoders get a WordPiece vocabulary.");
                    encoder = encoder with { Context = parsed.GetValue(context) ?? encoder.Context, Pooling = parsed.GetValue(pooling) ?? encoder.Pooling };
                    MakeEncoder(encoder, Types[parsed.GetRequiredValue(type)], parsed.GetRequiredValue(output), parsed.GetValue(seed));
                    return 0;
                }

                if (parsed.GetValue(pooling) is not null) throw new InvalidDataException("--pooling is for encoders.");
                var sizes = ModelShape.Find(parsed.GetRequiredValue(shape));
                sizes = sizes with { Context = parsed.GetValue(context) ?? sizes.Context };
                var matrixType = Types[parsed.GetRequiredValue(type)];
                Make(sizes, matrixType, parsed.GetRequiredValue(output), parsed.GetValue(seed), parsed.GetValue(tokenizer));
                return 0;
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(failure.Message);
                return 1;
            }
        });
        return command;
    }

    private static void Make(ModelShape shape, TensorType type, FileInfo output, ulong seed, FileInfo? tokenizerFile)
    {
        var clock = Stopwatch.StartNew();
        var tokenizer = tokenizerFile is null ? GeneratedTokenizer.Create(shape.Vocabulary) : CopiedTokenizer.Read(tokenizerFile);
        var metadata = ModelMetadata.Create(shape, type, tokenizer);
        var tensors = ModelTensors.Create(shape, type, tokenizer.Tokens, seed);

        output.Directory?.Create();
        GgufWriter.Write(output.FullName, metadata, tensors);
        Report(output, tensors.Sum(tensor => (long)tensor.Rows * tensor.Columns), tokenizer.Tokens.Count, shape.Context, clock);
    }

    private static void MakeEncoder(EncoderShape shape, TensorType type, FileInfo output, ulong seed)
    {
        var clock = Stopwatch.StartNew();
        output.Directory?.Create();
        var (parameters, tokens) = EncoderFile.Write(output.FullName, shape, type, seed);
        Report(output, parameters, tokens, shape.Context, clock);
    }

    private static void Report(FileInfo output, long parameters, int tokens, int context, Stopwatch clock)
    {
        output.Refresh();
        Console.WriteLine(
            $"{output.Name}: {parameters / 1e6:F1} M parameters, {output.Length / 1e6:F1} MB, {tokens} tokens, context {context}, {clock.Elapsed.TotalSeconds:F1} s");
    }
}
