namespace PolarGrid.Edge.Auth;

/// <summary>What a key may do; each level includes those before it (decision W7).</summary>
public enum KeyPermission
{
    /// <summary>Inference, the list of models, metrics.</summary>
    ReadOnly,

    /// <summary>Also load and unload models.</summary>
    ReadWrite,

    /// <summary>Also unload everything, purge, and manage keys.</summary>
    Admin,
}
