using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>A context. Keeps its model and its thread pool alive until it is freed.</summary>
internal sealed class ContextHandle : SafeHandle
{
    private ModelHandle? model;
    private ThreadpoolHandle? threadpool;

    public ContextHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Takes a counted reference on the model that the context reads.</summary>
    public void Hold(ModelHandle parent)
    {
        var held = false;
        parent.DangerousAddRef(ref held);
        if (held) model = parent;
    }

    /// <summary>Takes a counted reference on the pool that the context computes with.</summary>
    public void Hold(ThreadpoolHandle pool)
    {
        var held = false;
        pool.DangerousAddRef(ref held);
        if (held) threadpool = pool;
    }

    protected override bool ReleaseHandle()
    {
        NativeContext.Free(handle);
        threadpool?.DangerousRelease();
        model?.DangerousRelease();
        return true;
    }
}
