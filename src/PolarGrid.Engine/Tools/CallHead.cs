namespace PolarGrid.Engine.Tools;

/// <summary>The opening of a call.</summary>
/// <param name="Length">How many bytes it takes; the arguments begin there, unless <see cref="Given"/> says otherwise.</param>
/// <param name="Name">The tool's name.</param>
internal readonly record struct CallHead(int Length, string Name)
{
    /// <summary>Set when the arguments were written before the name: where they lie in the text. An empty range: there are none.</summary>
    public (int Start, int Length)? Given { get; init; }
}

/// <summary>The closing of a call.</summary>
/// <param name="Length">How many bytes it takes.</param>
/// <param name="Another">Whether another call follows without an opener.</param>
internal readonly record struct CallTail(int Length, bool Another);
