using System.Diagnostics;

namespace PolarGrid.LoadBench.Client;

/// <summary>What one request gave, filled while it streams. Times are <see cref="Stopwatch"/> ticks.</summary>
internal sealed class RequestOutcome
{
    private int _pieceCount;

    public long Started { get; set; }

    public long Ended { get; set; }

    public List<TextPiece> Pieces { get; } = new(256);

    public int PromptTokens { get; set; }

    public int CachedTokens { get; set; }

    /// <summary>As the server counts; zero when it sent no usage.</summary>
    public int UsageTokens { get; set; }

    /// <summary>Null when the stream came to its proper end.</summary>
    public string? Error { get; set; }

    /// <summary>The bench itself ended the stream because it had seen enough.</summary>
    public bool Abandoned { get; set; }

    public bool Succeeded => Error is null && !Abandoned;

    /// <summary>Safe to read while the request runs.</summary>
    public int PieceCount => Volatile.Read(ref _pieceCount);

    /// <summary>The greater count: a piece is at least one token, and llama.cpp's usage counts only one choice of several.</summary>
    public int CompletionTokens => Math.Max(UsageTokens, Pieces.Count);

    public double? FirstTokenMilliseconds => Pieces.Count == 0 ? null : Milliseconds(Started, Pieces[0].Time);

    public void Add(TextPiece piece)
    {
        Pieces.Add(piece);
        Volatile.Write(ref _pieceCount, Pieces.Count);
    }

    /// <summary>Milliseconds between neighbouring pieces of the same choice.</summary>
    public IEnumerable<double> Gaps() => Pieces
        .GroupBy(piece => piece.Choice)
        .SelectMany(choice => choice.Zip(choice.Skip(1), (earlier, later) => Milliseconds(earlier.Time, later.Time)));

    public static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
