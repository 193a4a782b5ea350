namespace PolarGrid.Engine.Speech.Text;

/// <summary>English names of the numbers below a hundred.</summary>
internal static class SmallNumbers
{
    private static readonly string[] BelowTwenty =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <param name="number">0 to 99.</param>
    public static string Name(int number) => number switch
    {
        < 0 or > 99 => throw new ArgumentOutOfRangeException(nameof(number), number, "Not between 0 and 99."),
        < 20 => BelowTwenty[number],
        _ when number % 10 == 0 => Tens[(number / 10) - 2],
        _ => $"{Tens[(number / 10) - 2]} {BelowTwenty[number % 10]}",
    };
}
