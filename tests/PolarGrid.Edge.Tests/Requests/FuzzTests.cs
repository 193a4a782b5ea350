using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PolarGrid.Edge.Tests.Hosting;
using Shouldly;

namespace PolarGrid.Edge.Tests.Requests;

/// <summary>Damaged bodies get an answer, never a 5xx, never silence. <c>POLARGRID_FUZZ</c> sets how many; the seeds are fixed.</summary>
public sealed class FuzzTests
{
    private const int Usual = 3000, Lanes = 4;

    [Fact]
    public async Task Damaged_bodies_never_cause_a_server_error()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("POLARGRID_FUZZ") ?? $"{Usual}", CultureInfo.InvariantCulture);
        await using var server = await EdgeServer.StartAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => RunAsync(server, lane, count / Lanes)));

        outcomes.Sum(lane => lane.Accepted).ShouldBeGreaterThan(count / 50);
        outcomes.Sum(lane => lane.Refused).ShouldBeGreaterThan(count / 50);
        using var alive = await server.ChatAsync();
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<(int Accepted, int Refused)> RunAsync(EdgeServer server, int seed, int count)
    {
        var mutator = new BodyMutator(seed);
        var (accepted, refused) = (0, 0);
        for (var index = 0; index < count; index++)
        {
            var body = mutator.Next();
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await server.Client.PostAsync(index % 3 == 0 ? "/v1/completions" : "/v1/chat/completions", content);
            var status = (int)response.StatusCode;
            if (status is not (200 or 400 or 404)) throw new InvalidOperationException($"Seed {seed}, body {index}: {status} for {Encoding.UTF8.GetString(body)}");
            if (status == 200) accepted++;
            else refused++;
        }

        return (accepted, refused);
    }
}
