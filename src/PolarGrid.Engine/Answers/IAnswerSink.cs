namespace PolarGrid.Engine.Answers;

/// <summary>
/// Takes the parts of one choice in the order in which they were generated. Texts are UTF-8, whole characters, valid during the call
/// only; joined they give the part's full text.
/// </summary>
public interface IAnswerSink
{
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
