namespace PolarGrid.Engine.Answers;

/// <summary>
/// Takes the parts of one choice in the order in which they were generated. Texts are UTF-8, whole characters, valid during the call
/// only; joined they give the part's full text.
/// </summary>
public interface IAnswerSink
{
    /// <summary>
    /// The next generated text, now that it is known what it is; comes before the part that it is in. Joined, these texts are the whole
    /// of what was generated, markers and left-out white space included, and nothing else.
    /// </summary>
    /// <param name="text">As it was generated.</param>
    /// <param name="isContent">Whether it is content; false for thinking, calls, and whatever goes out nowhere.</param>
    void Settled(ReadOnlySpan<byte> text, bool isContent)
    {
    }

    /// <summary>Text for the reader.</summary>
    void Content(ReadOnlySpan<byte> text);

    /// <summary>Thinking, without its markers.</summary>
    void Reasoning(ReadOnlySpan<byte> text);

    /// <summary>A call begins; its arguments follow until <see cref="CallEnded"/>. Calls do not overlap.</summary>
    /// <param name="name">One of the request's tools.</param>
    void CallStarted(string name);

    /// <summary>More of the running call's arguments: JSON text as the model wrote it.</summary>
    void Arguments(ReadOnlySpan<byte> json);

    void CallEnded();
}
