using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.Running;

/// <summary>
/// A server that lets a key send one request in a minute. Its clock stands half a second before a full
/// minute, so a refusal says <c>Retry-After: 1</c>; with each refusal the clock goes on by a minute, and the next request is let in again.
/// So every second request is refused, and nobody waits longer than a client does by itself.
/// </summary>
internal static class LimitedServer
{
    public static Task<ScriptedServer> StartAsync(string key)
    {
        var time = new FakeTimeProvider();
        time.Advance(TimeSpan.FromSeconds(59.5) - TimeSpan.FromTicks(time.GetUtcNow().Ticks % TimeSpan.TicksPerMinute));
        return ScriptedServer.StartAsync(
            key,
            [new ScriptedTextEngine("limited") { Script = request => Steps.Answer(request, "At last.") }],
            options => options.Limits.RequestsPerMinute = 1,
            time,
            app => app.Use((context, next) =>
            {
                // Registered first, so it runs last: after the headers that tell of the old minute, before the first byte of the refusal.
                context.Response.OnStarting(() =>
                {
                    if (context.Response.StatusCode == StatusCodes.Status429TooManyRequests) time.Advance(TimeSpan.FromMinutes(1));
                    return Task.CompletedTask;
                });
                return next(context);
            }));
    }
}
