using PolarGrid.Engine.Gguf;
using Shouldly;

namespace PolarGrid.Engine.Tests.Gguf;

/// <summary>A sound file with one change, and what becomes of it.</summary>
internal static class GgufRule
{
    public static void Accepted(Action<GgufBuilder> change) => Inspect(change).Error.ShouldBeNull();

    /// <param name="change">What is wrong.</param>
    /// <param name="message">A part of what is said of it.</param>
    /// <param name="offset">Where the message points, if that matters.</param>
    public static void Refused(Action<GgufBuilder> change, string message, long? offset = null)
    {
        var error = Inspect(change).Error.ShouldNotBeNull();
        error.Message.ShouldContain(message);
        if (offset is { } expected) error.Offset.ShouldBe(expected);
    }

    private static GgufResult Inspect(Action<GgufBuilder> change)
    {
        var builder = GgufBuilder.Valid();
        change(builder);
        return builder.Inspect();
    }
}
