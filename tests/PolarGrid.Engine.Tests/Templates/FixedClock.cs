namespace PolarGrid.Engine.Tests.Templates;

/// <summary>26 July 2024, as the oracles have it.</summary>
internal sealed class FixedClock : TimeProvider
{
    public static readonly FixedClock Instance = new();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(2024, 7, 26, 0, 0, 0, TimeSpan.Zero);
}
