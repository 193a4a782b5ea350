using System.Runtime.InteropServices;
using System.Text;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>
/// Where a schema stands in the document. Equal places are one object with one number. A place holds its last step and the place before
/// it, so a long name is there once, however many schemas stand below it; the pointer is written out only for errors.
/// </summary>
internal sealed class SchemaPath
{
    private const int LongestShown = 400, LongestStepShown = 80;

    private readonly SchemaPath? parent;
    private readonly string step;
    private readonly Shared shared;

    private SchemaPath(SchemaPath? parent, string step, Shared shared)
    {
        (this.parent, this.step, this.shared) = (parent, step, shared);
        Id = shared.Count++;
    }

    /// <summary>Its own among the places of one document.</summary>
    public int Id { get; }

    public static SchemaPath Root() => new(null, "#", new Shared());

    /// <param name="name">As it is, without escapes.</param>
    public SchemaPath Below(string name)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(shared.Places, (Id, name), out _);
        return place ??= new SchemaPath(this, name, shared);
    }

    /// <summary>Counts work done for the schema that stands here; ends with a fault when the whole document has taken too much.</summary>
    /// <param name="steps">Things looked at, each some tens of nanoseconds.</param>
    public void Spend(long steps)
    {
        shared.Spent += steps;
        if (shared.Spent <= SchemaLimits.Steps) return;
        throw new SchemaFault("", ToString(), "The schema, its alternatives multiplied out, takes too much work to prepare; make it smaller.");
    }

    /// <summary>JSON pointer as a fragment; what is long is cut.</summary>
    public override string ToString()
    {
        if (parent is null) return step;
        var steps = new Stack<string>();
        var length = 0;
        for (var at = this; at.parent is not null; at = at.parent)
        {
            var shown = Shown(at.step).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            length += shown.Length + 1;
            steps.Push(length > LongestShown ? "…" : shown);
            if (length > LongestShown) break;
        }

        var path = new StringBuilder("#");
        foreach (var shown in steps) path.Append('/').Append(shown);
        return path.ToString();
    }

    private static string Shown(string name)
    {
        if (name.Length <= LongestStepShown) return name;
        return name[..(char.IsHighSurrogate(name[LongestStepShown - 1]) ? LongestStepShown - 1 : LongestStepShown)] + "…";
    }

    private sealed class Shared
    {
        public Dictionary<(int Parent, string Step), SchemaPath> Places { get; } = [];

        public int Count { get; set; }

        public long Spent { get; set; }
    }
}
