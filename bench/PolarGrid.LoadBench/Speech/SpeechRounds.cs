using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Speech;

/// <summary>The server and another program in turn, on the same texts.</summary>
internal static class SpeechRounds
{
    private const int WarmUps = 60;

    /// <param name="server">Ours.</param>
    /// <param name="peer">Theirs, with the same model.</param>
    /// <param name="rounds">Measurements of each text on each side.</param>
    /// <param name="comparesFirst">Whether the first sound is judged by theirs of the first sentence; else by the clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<SpeechRow>> RunAsync(
        SpeechClient server, ISpeaker peer, int rounds, bool comparesFirst, CancellationToken cancellationToken)
    {
        // As an operator's server has spoken before anyone measures it: its code is compiled twice, the second time when it was used for a while.
        for (var time = 0; time < WarmUps; time++) await server.SpeakAsync(SpeechTexts.Short, null, cancellationToken);

        var rows = new List<SpeechRow>();
        foreach (var (name, text) in SpeechTexts.All)
        {
            Console.Error.WriteLine(name);
            var (ours, theirs, firsts) = (new List<SpokenAnswer>(), new List<SpokenAnswer>(), new List<double>());
            var sentence = SpeechTexts.FirstSentence(text);
            for (var round = -1; round < rounds; round++)
            {
                // The side that goes first changes from round to round.
                var early = round % 2 == 0 ? await server.SpeakAsync(text, null, cancellationToken) : null;
                var their = await peer.SpeakAsync(text, cancellationToken);
                var first = !comparesFirst || sentence == text ? their : await peer.SpeakAsync(sentence, cancellationToken);
                var our = early ?? await server.SpeakAsync(text, null, cancellationToken);
                if (round < 0) continue;
                ours.Add(our);
                theirs.Add(their);
                firsts.Add(first.TotalMilliseconds);
            }

            rows.Add(new SpeechRow(
                name,
                Distribution.Of(ours.Select(answer => answer.FirstAudioMilliseconds ?? answer.TotalMilliseconds)),
                Distribution.Of(ours.Select(answer => answer.Speed)),
                Distribution.Of(theirs.Select(answer => answer.TotalMilliseconds)),
                Distribution.Of(theirs.Select(answer => answer.Speed)),
                Distribution.Median(ours.Zip(theirs, (our, their) => our.Speed / their.Speed)))
            {
                TheirsFirstSentence = comparesFirst ? Distribution.Of(firsts) : null,
                FirstAudioRatio = comparesFirst ? Distribution.Median(ours.Zip(firsts, (our, first) => (our.FirstAudioMilliseconds ?? our.TotalMilliseconds) / first)) : null,
            });
        }

        return rows;
    }
}
