using System.Text.Json;

namespace PolarGrid.Cli.Speech;

/// <summary>Runs a client command and turns what may go wrong into one line.</summary>
internal static class SpeechCalls
{
    public static async Task<int> RunAsync(Func<Task<int>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception failed) when (failed is ServerFailure or HttpRequestException or IOException or UnauthorizedAccessException)
        {
            return Terminal.Fail(failed.Message);
        }
        catch (Exception foreign) when (foreign is JsonException or InvalidOperationException)
        {
            return Terminal.Fail($"What answers there does not speak OpenAI's API: {foreign.Message}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Terminal.Fail("stopped.");
        }
    }
}
