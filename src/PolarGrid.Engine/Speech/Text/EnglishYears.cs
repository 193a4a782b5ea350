using System.Globalization;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Years as they are said: by hundreds. In words, because a voice takes two numbers side by side for a count or for digits.</summary>
internal static class EnglishYears
{
    private static readonly string[] Small =
    [
        "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly string[] Decades =
        ["", "tens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];

    /// <param name="year">Four digits, 1000 to 2999.</param>
    public static string NameOf(string year)
    {
        var (century, rest) = (Number(year[..2]), Number(year[2..]));
        if (century % 10 == 0 && rest < 10) return $"{Small[century / 10]} thousand{(rest == 0 ? "" : " " + Small[rest])}";
        return rest switch
        {
            0 => $"{Below100(century)} hundred",
            < 10 => $"{Below100(century)} oh {Small[rest]}",
            _ => $"{Below100(century)} {Below100(rest)}",
        };
    }

    /// <param name="century">Two digits.</param>
    /// <param name="decade">One digit, 1 to 9.</param>
    public static string DecadeOf(string century, string decade) => $"{Below100(Number(century))} {Decades[Number(decade)]}";

    private static string Below100(int number) =>
        number < 20 ? Small[number] : number % 10 == 0 ? Tens[number / 10] : $"{Tens[number / 10]} {Small[number % 10]}";

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
