namespace PolarGrid.Engine.Speech.Text;

/// <summary>How long the pieces are that a text is spoken in. Characters are UTF-16 units.</summary>
/// <param name="First">Most characters of the first piece, 20 or more: audio begins when it is made.</param>
/// <param name="Good">Short sentences are joined up to this length, because a voice speaks them better together.</param>
/// <param name="Most">No piece is longer; at least <paramref name="First"/> and <paramref name="Good"/>.</param>
public sealed record PieceLimits(int First, int Good, int Most)
{
    public static PieceLimits Default { get; } = new(First: 100, Good: 200, Most: 400);
}
