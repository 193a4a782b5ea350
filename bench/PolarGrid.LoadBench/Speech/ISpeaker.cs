namespace PolarGrid.LoadBench.Speech;

/// <summary>The program that our server is measured beside.</summary>
internal interface ISpeaker
{
    /// <summary>For the report.</summary>
    string Name { get; }

    /// <summary>Speaks the whole text before it answers.</summary>
    Task<SpokenAnswer> SpeakAsync(string text, CancellationToken cancellationToken);
}
