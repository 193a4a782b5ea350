using System.Collections.Frozen;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Every filter by name, Jinja's second names included.</summary>
internal static class Filters
{
    private static readonly FrozenDictionary<string, Operation> Table = new Dictionary<string, Operation>
    {
        ["default"] = ValueFilters.Default,
        ["d"] = ValueFilters.Default,
        ["string"] = ValueFilters.String,
        ["safe"] = ValueFilters.String,
        ["length"] = ValueFilters.Length,
        ["count"] = ValueFilters.Length,
        ["tojson"] = JsonText.Filter,
        ["items"] = DictOperations.ItemsFilter,
        ["dictsort"] = DictOperations.SortFilter,
        ["trim"] = TextFilters.Trim,
        ["upper"] = TextFilters.Upper,
        ["lower"] = TextFilters.Lower,
        ["capitalize"] = TextFilters.Capitalize,
        ["title"] = TextFilters.Title,
        ["replace"] = TextFilters.Replace,
        ["indent"] = TextFilters.Indent,
        ["escape"] = TextFilters.Escape,
        ["e"] = TextFilters.Escape,
        ["forceescape"] = TextFilters.Escape,
        ["format"] = TextFilters.Format,
        ["center"] = TextFilters.Center,
        ["wordcount"] = TextFilters.WordCount,
        ["int"] = NumberFilters.Integer,
        ["float"] = NumberFilters.Float,
        ["abs"] = NumberFilters.Absolute,
        ["round"] = NumberFilters.Round,
        ["join"] = ListFilters.Join,
        ["list"] = ListFilters.List,
        ["first"] = ListFilters.First,
        ["last"] = ListFilters.Last,
        ["reverse"] = ListFilters.Reverse,
        ["sort"] = ListFilters.Sort,
        ["unique"] = ListFilters.Unique,
        ["batch"] = ListFilters.Batch,
        ["slice"] = ListFilters.Slice,
        ["sum"] = ListFilters.Sum,
        ["min"] = ListFilters.Minimum,
        ["max"] = ListFilters.Maximum,
        ["map"] = SelectFilters.Map,
        ["select"] = SelectFilters.Select,
        ["reject"] = SelectFilters.Reject,
        ["selectattr"] = SelectFilters.SelectAttribute,
        ["rejectattr"] = SelectFilters.RejectAttribute,
    }.ToFrozenDictionary();

    public static Operation? Find(string name) => Table.GetValueOrDefault(name);
}
