using System.Collections.Frozen;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>The methods of each kind of value. Those that would change a value given to the template do not exist.</summary>
internal static class Methods
{
    private static readonly FrozenDictionary<string, Operation> ForDict = new Dictionary<string, Operation>
    {
        ["items"] = static (context, self, arguments) => DictOperations.Items(context, (DictValue)self, arguments),
        ["keys"] = static (context, self, arguments) => DictOperations.Keys(context, (DictValue)self, arguments),
        ["values"] = static (context, self, arguments) => DictOperations.Values(context, (DictValue)self, arguments),
        ["get"] = static (context, self, arguments) => DictOperations.Get(context, (DictValue)self, arguments),
        ["copy"] = static (_, self, _) => self,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Operation> ForList = new Dictionary<string, Operation>
    {
        ["append"] = static (context, self, arguments) => ListMethods.Append(context, (ListValue)self, arguments),
        ["count"] = static (context, self, arguments) => ListMethods.CountOf(context, (ListValue)self, arguments),
        ["index"] = static (context, self, arguments) => ListMethods.IndexOf(context, (ListValue)self, arguments),
        ["copy"] = static (context, self, _) => ListMethods.Copy(context, (ListValue)self),
    }.ToFrozenDictionary();

    public static Operation? Find(TemplateValue value, string name) => value switch
    {
        StringValue => StringMethods.Find(name),
        DictValue => OfDict(name),
        ListValue => ForList.GetValueOrDefault(name),
        _ => null,
    };

    public static Operation? OfDict(string name) => ForDict.GetValueOrDefault(name);
}
