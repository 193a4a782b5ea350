namespace PolarGrid.LoadBench.Transcription;

/// <summary>The program that our server is measured beside.</summary>
internal interface IListener
{
    /// <summary>For the report.</summary>
    string Name { get; }

    /// <summary>Whether it starts and loads its model in every call, which is then taken off its times.</summary>
    bool StartsEachTime { get; }

    Task<HeardAnswer> HearAsync(byte[] wav, CancellationToken cancellationToken);
}
