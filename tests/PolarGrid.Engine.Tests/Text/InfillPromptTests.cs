using System.Buffers;
using PolarGrid.Engine.Tests.Running;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Tests.Text;

public sealed class InfillPromptTests
{
    private static readonly ModelDescription Model = new()
    {
        Id = "filler", Architecture = "test", Quantisation = "F32", Parameters = 1, ContextTokens = 64, KvTokens = 64, MemoryBytes = 1,
        VocabularySize = 1000, MaxChoices = 1, HasChatTemplate = false, Created = 0,
    };

    [Fact]
    public void A_gap_is_marked_before_between_and_after()
    {
        var (tokens, _, error) = Build(new FillingTokenizer(new LetterTokenizer()));
        Assert.Null(error);
        Assert.Equal([901, 'a', 'b', 902, 'z', 903], tokens!);
    }

    [Fact]
    public void A_model_without_the_tokens_says_so()
    {
        var (tokens, _, error) = Build(new LetterTokenizer());
        Assert.Null(tokens);
        Assert.Equal(EngineErrorCode.NoInfill, error!.Code);
    }

    private static (int[]? Tokens, bool Thinks, EngineError? Error) Build(ITokenizer tokenizer) => new PromptBuilder(Model, tokenizer, null, TimeProvider.System).Build(
        new GenerationRequest { Id = "r", Tenant = "t", Prompt = new InfillPrompt("ab", "z") });

    private sealed class FillingTokenizer(ITokenizer letters) : ITokenizer
    {
        public InfillTokens? Infill => new(901, 902, 903);

        public int VocabularySize => letters.VocabularySize;

        public int LongestPieceBytes => letters.LongestPieceBytes;

        public int? BeginOfText => null;

        public bool AddsBeginOfText => false;

        public string BeginOfTextPiece => "";

        public string EndOfTextPiece => "";

        public IReadOnlyList<SpecialToken> SpecialTokens => [];

        public void Encode(ReadOnlySpan<char> text, IBufferWriter<int> tokens) => letters.Encode(text, tokens);

        public int Decode(int token, Span<byte> utf8) => letters.Decode(token, utf8);

        public bool IsEndOfGeneration(int token) => letters.IsEndOfGeneration(token);
    }
}
