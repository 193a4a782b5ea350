using System.Globalization;
using Microsoft.Extensions.Options;
using PolarGrid.Edge.Limits;

namespace PolarGrid.Edge.Hosting;

/// <summary>Finds every setting that is out of range, so that one start shows all mistakes.</summary>
internal static class EdgeOptionsCheck
{
    /// <exception cref="OptionsValidationException">Holds one sentence per mistake: option, value and range.</exception>
    public static void ThrowIfInvalid(EdgeOptions options)
    {
        var failures = Failures(options).ToList();
        if (failures.Count > 0) throw new OptionsValidationException(nameof(EdgeOptions), typeof(EdgeOptions), failures);
    }

    private static IEnumerable<string> Failures(EdgeOptions options)
    {
        var limits = options.Limits;
        var streaming = options.Streaming;
        var heard = options.Transcription;
        IEnumerable<string?> all =
        [
            string.IsNullOrWhiteSpace(options.DataFolder) ? "DataFolder is empty; it must name a folder." : null,
            Range("NodeName length", options.NodeName.Length, 1, 64),
            Range("Region length", options.Region.Length, 1, 64),
            Range("Limits.RequestsPerMinute", limits.RequestsPerMinute, RequestRate.Unlimited, RequestRate.Most),
            Range("Usage.RecordsKeptDays", options.Usage.RecordsKeptDays, 1, 3650),
            Range("Usage.MaxWaiting", options.Usage.MaxWaiting, 1, 1_000_000),
            Range("Limits.MaxBodyBytes", limits.MaxBodyBytes, 1024, 1L << 30),
            Range("Limits.MaxHeaders", limits.MaxHeaders, 10, 1000),
            Range("Limits.MaxHeaderBytes", limits.MaxHeaderBytes, 1024, 1 << 20),
            Range("Limits.MaxMessages", limits.MaxMessages, 1, 100_000),
            Range("Limits.MaxContentParts", limits.MaxContentParts, 1, 1_000_000),
            Range("Limits.MaxPrompts", limits.MaxPrompts, 1, 2048),
            Range("Limits.MaxJsonDepth", limits.MaxJsonDepth, 8, 256),
            Range("Limits.MaxConnections", limits.MaxConnections, 1, 1_000_000),
            Range("Limits.MaxResponseBufferBytes", limits.MaxResponseBufferBytes, 4096, 16 << 20),
            Range("Limits.MinReadBytesPerSecond", limits.MinReadBytesPerSecond, 1, 1_000_000),
            Range("Limits.SlowReaderGraceSeconds", limits.SlowReaderGraceSeconds, 2, 600),
            Range("Streaming.KeepAliveSeconds", streaming.KeepAliveSeconds, 1, 600),
            Range("Streaming.FirstEventHeadersAfterSeconds", streaming.FirstEventHeadersAfterSeconds, 0.1, 600),
            Range("Speech.MaxSeconds", options.Speech.MaxSeconds, 1, 86_400),
            Range("Speech.MaxSecondsAhead", options.Speech.MaxSecondsAhead, 1, 3600),
            Range("Transcription.MaxFileBytes", heard.MaxFileBytes, 1024, 1L << 30),
            Range("Transcription.MaxFileBytesTogether", heard.MaxFileBytesTogether, heard.MaxFileBytes, 1L << 40),
            Range("Transcription.MaxAudioSeconds", heard.MaxAudioSeconds, 1, 86_400),
            Range("Transcription.MaxAudioSecondsTogether", heard.MaxAudioSecondsTogether, heard.MaxAudioSeconds, 10_000_000),
            Range("Transcription.MaxJobAudioSecondsTogether", heard.MaxJobAudioSecondsTogether, heard.MaxAudioSeconds, 10_000_000),
            Range("Transcription.MaxJobsOfKey", heard.MaxJobsOfKey, 1, 100_000),
            Range("Transcription.MaxJobBytesOfKey", heard.MaxJobBytesOfKey, heard.MaxFileBytes, 1L << 40),
            Range("Transcription.MaxJobBytesTogether", heard.MaxJobBytesTogether, heard.MaxFileBytes, 1L << 40),
            Range("Transcription.MaxJobs", heard.MaxJobs, 1, 1_000_000),
            Range("Transcription.MaxRunningJobs", heard.MaxRunningJobs, 1, 64),
            Range("Transcription.JobKeptSeconds", heard.JobKeptSeconds, 1, 604_800),
            Range("Transcription.MaxLiveSessions", heard.MaxLiveSessions, 1, 10_000),
            Range("Transcription.MaxLiveSeconds", heard.MaxLiveSeconds, 1, 86_400),
        ];
        return all.OfType<string>();
    }

    private static string? Range(string option, double value, double least, double most) =>
        value >= least && value <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; it must be between {least} and {most}.");
}
