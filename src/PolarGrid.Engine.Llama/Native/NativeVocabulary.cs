using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>The vocabulary of a model. All of it may be called from any thread.</summary>
internal static unsafe partial class NativeVocabulary
{
    /// <returns>A pointer that lives as long as the model.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_get_vocab")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Get(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_type")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Type(nint vocabulary);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_n_tokens")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Size(nint vocabulary);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_get_text")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte* Text(nint vocabulary, int token);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_get_attr")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LlamaTokenAttributes Attributes(nint vocabulary, int token);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_is_eog")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool IsEndOfGeneration(nint vocabulary, int token);

    /// <returns>-1 when there is none.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_bos")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int BeginOfText(nint vocabulary);

    /// <returns>-1 when there is none.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_eos")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int EndOfText(nint vocabulary);

    /// <returns>-1 when there is none.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_fim_pre")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int InfillPrefix(nint vocabulary);

    /// <returns>-1 when there is none.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_fim_suf")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int InfillSuffix(nint vocabulary);

    /// <returns>-1 when there is none.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_fim_mid")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int InfillMiddle(nint vocabulary);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_get_add_bos")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool AddsBeginOfText(nint vocabulary);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_get_add_eos")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool AddsEndOfText(nint vocabulary);

    /// <returns>-1 when there is none.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_vocab_sep")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Separator(nint vocabulary);

    /// <returns>The number of tokens, or its negative when there was no room; <see cref="int.MinValue"/> on overflow.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_tokenize")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Tokenize(
        nint vocabulary,
        byte* text,
        int textLength,
        int* tokens,
        int maxTokens,
        [MarshalAs(UnmanagedType.U1)] bool addSpecial,
        [MarshalAs(UnmanagedType.U1)] bool parseSpecial);

    /// <returns>The piece's bytes, or their negative when there was no room.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_token_to_piece")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Piece(
        nint vocabulary, int token, byte* buffer, int length, int stripLeft, [MarshalAs(UnmanagedType.U1)] bool special);
}

/// <summary><c>llama_token_attr</c>.</summary>
[Flags]
internal enum LlamaTokenAttributes
{
    None = 0,
    Unknown = 1 << 0,
    Unused = 1 << 1,
    Normal = 1 << 2,
    Control = 1 << 3,
    UserDefined = 1 << 4,
    Byte = 1 << 5,
    Normalized = 1 << 6,
    StripLeft = 1 << 7,
    StripRight = 1 << 8,
    SingleWord = 1 << 9,
}
