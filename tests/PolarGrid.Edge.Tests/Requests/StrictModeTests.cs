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

    [Theory]
    [InlineData("\"tempature\":1,\"stream_options\":{\"usage\":true}", "tempature, stream_options.usage")]
    [InlineData("\"response_format\":{\"type\":\"text\",\"schema\":{}}", "response_format.schema")]
    [InlineData("\"härte\":1,\"a\\r\\nb\":1", "h?rte, a??b")]
    [InlineData("\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1", "a, b, c, d, e, f, g, h, and 2 more")]
    public async Task Ignored_names_are_told_in_a_header(string fields, string names)
    {
        await using var server = await EdgeServer.StartAsync();

        using var response = await server.ChatAsync(fields);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("x-polargrid-ignored").ShouldHaveSingleItem().ShouldBe(names);
    }

    [Fact]
    public async Task Nothing_ignored_nothing_said()
    {
        await using var server = await EdgeServer.StartAsync();

        using var response = await server.ChatAsync("\"temperature\":1");

        response.Headers.Contains("x-polargrid-ignored").ShouldBeFalse();
    }
}
