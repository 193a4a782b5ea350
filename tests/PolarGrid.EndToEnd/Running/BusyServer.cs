using PolarGrid.Engine;
using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.Running;

/// <summary>
/// A server whose queue is full: the model <c>busy</c> refuses two requests, answers one, and so on; <c>always-busy</c> refuses all. Both
/// say when to come back.
/// </summary>
internal static class BusyServer
{
    private const int Refusals = 2;

    public static Task<ScriptedServer> StartAsync(string key)
    {
        var asked = 0;
        return ScriptedServer.StartAsync(
            key,
            [
                new ScriptedTextEngine("busy")
                {
                    Script = request => Interlocked.Increment(ref asked) % (Refusals + 1) == 0 ? Steps.Answer(request, "At last.") : Refuse(),
                },
                new ScriptedTextEngine("always-busy") { Script = _ => Refuse() },
            ]);
    }

    private static ScriptStep[] Refuse() => Steps.Fail(EngineErrorCode.QueueFull, "Full.", retryAfterSeconds: 1);
}
