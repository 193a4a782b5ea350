using System.Net;
using PolarGrid.Edge.Tests.Hosting;
using Shouldly;

namespace PolarGrid.Edge.Tests.Requests;

public sealed class StrictModeTests
{
    [Theory]
    [InlineData("\"tempature\":1", "tempature")]
    [InlineData("\"stream_options\":{\"usage\":true}", "stream_options.usage")]
    public async Task Unknown_name_is_refused(string field, string param)
    {
        await using var server = await EdgeServer.StartAsync(options => options.RejectUnknownParameters = true);

        using var response = await server.ChatAsync(field);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await response.ErrorAsync();
        error.GetProperty("code").GetString().ShouldBe("unknown_parameter");
        error.GetProperty("param").GetString().ShouldBe(param);
    }
}
