namespace PolarGrid.Engine.Schemas;

/// <summary>Leaves the compiler from any depth; never leaves <see cref="SchemaCompiler"/>.</summary>
internal sealed class SchemaFault(SchemaError error) : Exception(error.ToString())
{
    public SchemaFault(string keyword, string path, string reason)
        : this(new SchemaError(keyword, path, reason))
    {
    }

    public SchemaError Error => error;
}
