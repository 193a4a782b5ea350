using System.Collections.Frozen;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Units as they are said behind a number.</summary>
internal static class EnglishUnits
{
    private static readonly FrozenDictionary<string, (string One, string Many)> Names = new Dictionary<string, (string, string)>
    {
        ["mm"] = ("millimeter", "millimeters"), ["cm"] = ("centimeter", "centimeters"), ["km"] = ("kilometer", "kilometers"),
        ["m\u00B2"] = ("square meter", "square meters"), ["km\u00B2"] = ("square kilometer", "square kilometers"),
        ["m\u00B3"] = ("cubic meter", "cubic meters"), ["ft"] = ("foot", "feet"), ["yd"] = ("yard", "yards"), ["mi"] = ("mile", "miles"),
        ["mg"] = ("milligram", "milligrams"), ["kg"] = ("kilogram", "kilograms"), ["lb"] = ("pound", "pounds"), ["lbs"] = ("pound", "pounds"),
        ["oz"] = ("ounce", "ounces"), ["ml"] = ("milliliter", "milliliters"), ["mL"] = ("milliliter", "milliliters"),
        ["ns"] = ("nanosecond", "nanoseconds"), ["ms"] = ("millisecond", "milliseconds"), ["\u00B5s"] = ("microsecond", "microseconds"),
        ["\u03BCs"] = ("microsecond", "microseconds"), ["\u00B5m"] = ("micrometer", "micrometers"), ["\u03BCm"] = ("micrometer", "micrometers"),
        ["min"] = ("minute", "minutes"), ["hr"] = ("hour", "hours"), ["hrs"] = ("hour", "hours"),
        ["Hz"] = ("hertz", "hertz"), ["kHz"] = ("kilohertz", "kilohertz"), ["MHz"] = ("megahertz", "megahertz"), ["GHz"] = ("gigahertz", "gigahertz"),
        ["KB"] = ("kilobyte", "kilobytes"), ["kB"] = ("kilobyte", "kilobytes"), ["MB"] = ("megabyte", "megabytes"),
        ["GB"] = ("gigabyte", "gigabytes"), ["TB"] = ("terabyte", "terabytes"), ["KiB"] = ("kibibyte", "kibibytes"),
        ["MiB"] = ("mebibyte", "mebibytes"), ["GiB"] = ("gibibyte", "gibibytes"), ["Mbps"] = ("megabit per second", "megabits per second"),
        ["Gbps"] = ("gigabit per second", "gigabits per second"), ["kW"] = ("kilowatt", "kilowatts"), ["MW"] = ("megawatt", "megawatts"),
        ["kWh"] = ("kilowatt hour", "kilowatt hours"), ["mph"] = ("mile per hour", "miles per hour"),
        ["kmh"] = ("kilometer per hour", "kilometers per hour"), ["km/h"] = ("kilometer per hour", "kilometers per hour"),
        ["m/s"] = ("meter per second", "meters per second"), ["MB/s"] = ("megabyte per second", "megabytes per second"),
        ["GB/s"] = ("gigabyte per second", "gigabytes per second"), ["dB"] = ("decibel", "decibels"), ["px"] = ("pixel", "pixels"),
        ["\u00B0"] = ("degree", "degrees"), ["\u00B0C"] = ("degree Celsius", "degrees Celsius"),
        ["\u00B0F"] = ("degree Fahrenheit", "degrees Fahrenheit"), ["\u00B0K"] = ("kelvin", "kelvin"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>Null for what is no unit.</returns>
    public static string? NameOf(string unit, bool isOne) =>
        Names.TryGetValue(unit.Replace(" ", "", StringComparison.Ordinal), out var name) ? isOne ? name.One : name.Many : null;
}
