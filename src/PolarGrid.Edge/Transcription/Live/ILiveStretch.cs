using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Transcription.Live;

/// <summary>One stretch of speech in a live session, heard while it is spoken.</summary>
/// <remarks>One call at a time. Disposing it gives back whatever it holds of an engine.</remarks>
internal interface ILiveStretch : IAsyncDisposable
{
    /// <summary>Samples of the session before this one are not needed any more.</summary>
    long NeededFrom { get; }

    /// <summary>Whether nobody else can use the engine while this lasts.</summary>
    bool HoldsEngine { get; }

    /// <summary>Takes what surely belongs to the stretch.</summary>
    /// <param name="until">A sample of the session, not before those given earlier.</param>
    /// <param name="cancellationToken">The client left.</param>
    /// <returns>What is heard so far; null where it was not looked at again.</returns>
    Task<string?> HearAsync(long until, CancellationToken cancellationToken);

    /// <summary>The stretch ends here: the result.</summary>
    Task<TranscribedPiece> FinishAsync(long end, CancellationToken cancellationToken);
}
