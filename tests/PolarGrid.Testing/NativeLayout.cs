using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Shouldly;

namespace PolarGrid.Testing;

/// <summary>Holds structs that cross the border to native code against what a C compiler says of them.</summary>
public static class NativeLayout
{
    /// <param name="size">Bytes of the whole, by <c>sizeof</c>.</param>
    /// <param name="fields">All fields in order, each by <c>offsetof</c>.</param>
    public static void Check<T>(int size, params (string Field, int Offset)[] fields)
        where T : unmanaged
    {
        Unsafe.SizeOf<T>().ShouldBe(size);
        var declared = typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        declared.Select(field => field.Name).ShouldBe(fields.Select(field => field.Field));
        foreach (var (name, offset) in fields) ((int)Marshal.OffsetOf<T>(name)).ShouldBe(offset, name);
    }

    /// <summary>Every struct beside <typeparamref name="T"/>, in its namespace, is pinned by a test of that name.</summary>
    /// <param name="tests">Has a method for each, words joined by underscores: <c>Voice_config</c> for <c>VoiceConfig</c>.</param>
    /// <param name="prefixes">What the names of structs may begin with and those of tests do not.</param>
    public static void EveryStructIsPinned<T>(Type tests, params string[] prefixes)
        where T : unmanaged
    {
        var pinned = tests.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(method => method.Name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant()).ToHashSet();
        var structs = typeof(T).Assembly.GetTypes()
            .Where(type => type is { IsValueType: true, IsEnum: false, IsNested: false } && type.Namespace == typeof(T).Namespace
                && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null);
        foreach (var type in structs)
        {
            var prefix = Array.Find(prefixes, prefix => type.Name.StartsWith(prefix, StringComparison.Ordinal)) ?? "";
            pinned.ShouldContain(type.Name[prefix.Length..].ToUpperInvariant());
        }
    }
}
