using System.Globalization;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>
/// <c>oneOf</c> asks that a value satisfies one alternative and no other. That holds by itself where no two alternatives can be
/// satisfied together by what is written for either; anything else is refused.
/// </summary>
internal static class Disjointness
{
    private const int MostAlternatives = 256;

    public static void Check(SchemaPart part, List<SchemaPart> members, SchemaDocument document)
    {
        if (members.Count > MostAlternatives) throw part.Fault("oneOf", $"At most {MostAlternatives} alternatives can be told apart; use 'anyOf'.");
        var rest = part.Excluding("oneOf");
        var sides = members.ConvertAll(member => new Side(document, [rest, member]));
        for (var left = 0; left < sides.Count; left++)
        {
            for (var right = left + 1; right < sides.Count; right++)
            {
                if (AreDisjoint(part, sides[left], sides[right])) continue;
                throw part.Fault("oneOf", string.Create(
                    CultureInfo.InvariantCulture,
                    $"A value could satisfy both alternatives {left} and {right}. Tell them apart by type or by a required property with a 'const', or use 'anyOf'."));
            }
        }
    }

    private static bool AreDisjoint(SchemaPart part, Side left, Side right)
    {
        var common = (left.Writes & right.Accepts) | (right.Writes & left.Accepts);
        if (common == 0) return true;
        if (left.Values is { } lefts && right.Values is { } rights) return HaveNoneInCommon(part, lefts, rights);
        if (common != ValueTypes.Object || left.Values is not null || right.Values is not null) return false;
        part.Path.Spend(left.Marks.Count);
        return left.Marks.Any(mark => right.Marks.TryGetValue(mark.Key, out var other)
                && HaveNoneInCommon(part, mark.Value, other))
            || (left.Lacks(part, right) && right.Lacks(part, left));
    }

    private static bool HaveNoneInCommon(SchemaPart part, HashSet<string> left, HashSet<string> right)
    {
        var (fewer, more) = left.Count < right.Count ? (left, right) : (right, left);
        part.Path.Spend(fewer.Count);
        return !fewer.Overlaps(more);
    }

    /// <summary>What can be known about an alternative without writing it.</summary>
    private sealed class Side
    {
        private readonly Facets facets;

        public Side(SchemaDocument document, List<SchemaPart> parts)
        {
            var flat = document.Flatten(parts);
            facets = FacetReader.Read(flat);
            Values = facets.Values is { } values ? ValueKey.Of(flat[0], values) : null;
            Accepts = facets.Values is null ? facets.Types : facets.Values.Aggregate(ValueTypes.None, (types, value) => types | ValueCheck.TypeOf(value)) & facets.Types;

            // Alternatives inside an alternative may say anything.
            IsOpen = flat.Exists(part => part.TryGet("anyOf", out _) || part.TryGet("oneOf", out _) || Dependencies.Keywords.Any(keyword => part.TryGet(keyword, out _)));
            Writes = IsOpen ? Accepts : facets.Written & Accepts;
            foreach (var name in facets.Required)
            {
                if (!facets.Declares(name)) continue;
                var property = document.Flatten(facets.SchemasOf(name, facets.Property(name)));
                if (property.Count > 0 && FacetReader.Read(property).Values is { } marks) Marks[name] = ValueKey.Of(property[0], marks);
            }
        }

        /// <summary>Types that may satisfy it.</summary>
        public ValueTypes Accepts { get; }

        /// <summary>Types that are written for it.</summary>
        public ValueTypes Writes { get; }

        public HashSet<string>? Values { get; }

        /// <summary>Required properties whose values are listed.</summary>
        public Dictionary<string, HashSet<string>> Marks { get; } = new(StringComparer.Ordinal);

        private bool IsOpen { get; }

        /// <summary>Whether what is written for this side never has some property that the other requires.</summary>
        public bool Lacks(SchemaPart part, Side other)
        {
            part.Path.Spend(other.facets.Required.Count);
            return !IsOpen && facets.Others.Count == 0 && facets.PatternProperty is null
                && (facets.Properties.Count > 0 || facets.IsSealed || facets.Closed.Count > 0)
                && other.facets.Required.Any(name => !facets.Declares(name) && !facets.Requires(name));
        }
    }
}
