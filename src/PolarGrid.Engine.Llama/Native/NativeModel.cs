using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>Loading a model and asking it what it is.</summary>
internal static unsafe partial class NativeModel
{
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_version")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte* Version();

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_default_params")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LlamaModelParams DefaultParams();

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_load_from_file", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ModelHandle LoadFromFile(string path, LlamaModelParams parameters);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_free")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Free(nint model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_n_ctx_train")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int TrainedContext(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_n_embd")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int EmbeddingSize(ModelHandle model);

    /// <summary>Length of a vector that the model gives out; may differ from <see cref="EmbeddingSize"/>.</summary>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_n_embd_out")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int EmbeddingOutputSize(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_n_layer")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Layers(ModelHandle model);

    /// <returns>Tokens that a layer with a sliding window sees; 0 where there is none.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_n_swa")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Window(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_n_head")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Heads(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_n_head_kv")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int KvHeads(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_size")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong Size(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_n_params")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong Parameters(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_ftype")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int FileType(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_ftype_name")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte* FileTypeName(int fileType);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_desc")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Describe(ModelHandle model, byte* buffer, nuint size);

    /// <returns>The value's length, or -1 when there is no such key.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_meta_val_str", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Metadata(ModelHandle model, string key, byte* buffer, nuint size);

    /// <param name="name">Null for the default template.</param>
    /// <returns>Text that lives as long as the model, or null.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_chat_template", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte* ChatTemplate(ModelHandle model, string? name);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_has_encoder")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool HasEncoder(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_has_decoder")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool HasDecoder(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_is_recurrent")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool IsRecurrent(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_is_hybrid")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool IsHybrid(ModelHandle model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_is_diffusion")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool IsDiffusion(ModelHandle model);
}
