using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Speech;

/// <summary>The server and flite's command line in turn, on the same texts.</summary>
internal static class SpeechRounds
{
    private const int WarmUps = 5;

    public static async Task<IReadOnlyList<SpeechRow>> RunAsync(
        SpeechClient server, FliteProgram flite, string voice, int rounds, CancellationToken cancellationToken)
    {
        var rows = new List<SpeechRow>();
        foreach (var (name, text) in SpeechTexts.All)
        {
            Console.Error.WriteLine(name);
            var (ours, theirs) = (new List<SpokenAnswer>(), new List<SpokenAnswer>());
            for (var round = -WarmUps; round < rounds; round++)
            {
                // The side that goes first changes from round to round.
                var early = round % 2 == 0 ? await server.SpeakAsync(text, voice, null, cancellationToken) : null;
                var their = await flite.SpeakAsync(text, voice, cancellationToken);
                var our = early ?? await server.SpeakAsync(text, voice, null, cancellationToken);
                if (round < 0) continue;
                ours.Add(our);
                theirs.Add(their);
            }

            rows.Add(new SpeechRow(
                name,
                Distribution.Of(ours.Select(answer => answer.FirstAudioMilliseconds ?? answer.TotalMilliseconds)),
                Distribution.Of(ours.Select(answer => answer.Speed)),
                Distribution.Of(theirs.Select(answer => answer.TotalMilliseconds)),
                Distribution.Of(theirs.Select(answer => answer.Speed)),
                Distribution.Median(ours.Zip(theirs, (our, their) => our.Speed / their.Speed))));
        }

        return rows;
    }
}
