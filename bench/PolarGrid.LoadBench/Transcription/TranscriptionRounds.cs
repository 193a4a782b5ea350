using System.Buffers.Binary;
using PolarGrid.LoadBench.Scenarios;
using PolarGrid.LoadBench.Speech;

namespace PolarGrid.LoadBench.Transcription;

/// <summary>The server and another program in turn, on the same recordings.</summary>
internal static class TranscriptionRounds
{
    private const int WarmUps = 60;

    public static async Task<(Distribution? Start, IReadOnlyList<TranscriptionRow> Rows)> RunAsync(
        TranscriptionClient server, IListener peer, string voice, int rounds, CancellationToken cancellationToken)
    {
        var paragraph = await server.SpeakAsync(SpeechTexts.Paragraph, voice, cancellationToken);
        var start = peer.StartsEachTime ? await StartAsync(peer, paragraph, rounds, cancellationToken) : null;

        // As an operator's server has heard before anyone measures it: its code is compiled twice, the second time when it was used for a while.
        var first = await server.SpeakAsync(SpeechTexts.Sentence, voice, cancellationToken);
        for (var time = 0; time < WarmUps; time++) await server.HearAsync(first, cancellationToken);
        for (var time = 0; time < WarmUps && !peer.StartsEachTime; time++) await peer.HearAsync(first, cancellationToken);

        var rows = new List<TranscriptionRow>();
        foreach (var (name, text) in SpeechTexts.All)
        {
            Console.Error.WriteLine(name);
            var wav = name == "paragraph" ? paragraph : await server.SpeakAsync(text, voice, cancellationToken);
            var seconds = (double)(wav.Length - SpokenAnswer.HeaderBytes) / BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(28));
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var round = -1; round < rounds; round++)
            {
                // The side that goes first changes from round to round.
                var early = round % 2 == 0 ? await server.HearAsync(wav, cancellationToken) : null;
                var their = await peer.HearAsync(wav, cancellationToken);
                var our = early ?? await server.HearAsync(wav, cancellationToken);
                if (round < 0) continue;
                ours.Add(our.Milliseconds / 1000 / seconds);
                theirs.Add((their.Milliseconds - (start?.P50 ?? 0)) / 1000 / seconds);
            }

            rows.Add(new TranscriptionRow(
                name, seconds, Distribution.Of(ours), Distribution.Of(theirs), Distribution.Median(ours.Zip(theirs, (our, their) => their / our))));
        }

        return (start, rows);
    }

    /// <summary>Milliseconds that it takes to start and load: the time for a tenth of a second of silence.</summary>
    private static async Task<Distribution> StartAsync(IListener peer, byte[] wav, int rounds, CancellationToken cancellationToken)
    {
        var silence = wav.AsSpan(0, SpokenAnswer.HeaderBytes + 3_200).ToArray();
        silence.AsSpan(SpokenAnswer.HeaderBytes).Clear();
        BinaryPrimitives.WriteInt32LittleEndian(silence.AsSpan(4), silence.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(silence.AsSpan(SpokenAnswer.HeaderBytes - 4), 3_200);
        var starts = new List<double>();
        for (var round = 0; round < rounds; round++) starts.Add((await peer.HearAsync(silence, cancellationToken)).Milliseconds);
        return Distribution.Of(starts);
    }
}
