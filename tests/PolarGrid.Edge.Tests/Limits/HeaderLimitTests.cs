using System.Net;
using PolarGrid.Edge.Tests.Hosting;
using Shouldly;

namespace PolarGrid.Edge.Tests.Limits;

public sealed class HeaderLimitTests(EdgeFixture fixture) : IClassFixture<EdgeFixture>
{
    [Theory]
    [InlineData(100, 10)]
    [InlineData(5, 10_000)]
    public async Task Too_many_or_too_long_headers_are_refused(int count, int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        for (var index = 0; index < count; index++) request.Headers.Add($"x-test-{index}", new string('x', length));

        using var response = await fixture.Server.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
    }
}
