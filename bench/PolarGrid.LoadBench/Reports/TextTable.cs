using System.Text;

namespace PolarGrid.LoadBench.Reports;

/// <summary>A Markdown table with padded columns, so that it also reads well in a terminal.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        var widths = headings.Select((heading, column) => _rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        var text = new StringBuilder();
        Append(text, headings, widths);
        text.Append('|');
        for (var column = 0; column < widths.Length; column++)
            text.Append(new string('-', widths[column] + 1)).Append(column == 0 ? "-|" : ":|");
        text.Append('\n');
        foreach (var row in _rows) Append(text, row, widths);
        return text.ToString();
    }

    /// <summary>Words to the left, numbers to the right.</summary>
    private static void Append(StringBuilder text, string[] cells, int[] widths)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var cell = column == 0 ? cells[column].PadRight(widths[column]) : cells[column].PadLeft(widths[column]);
            text.Append("| ").Append(cell).Append(' ');
        }

        text.Append("|\n");
    }
}
