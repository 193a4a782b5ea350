using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Transcription.Forms;
using PolarGrid.Edge.Transcription.Jobs;
using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Edge.Transcription.Live;

namespace PolarGrid.Edge.Transcription;

/// <summary>Registers speech to text.</summary>
internal static class TranscriptionServices
{
    public static void AddTranscription(this IServiceCollection services)
    {
        services.AddSingleton<FileMemory>();
        services.AddSingleton<FormReader>();
        services.AddSingleton<TranscriptionPlanner>();
        services.AddSingleton<TranscriptionFlow>();
        services.AddSingleton<Detectors>();
        services.AddSingleton<AudioReader>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<TranscriptionJobs>();
        services.AddSingleton<TranscriptionApi>();
        services.AddSingleton<LiveApi>();
    }
}
