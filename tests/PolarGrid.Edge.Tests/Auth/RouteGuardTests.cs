using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Tests.Hosting;
using Shouldly;

namespace PolarGrid.Edge.Tests.Auth;

public sealed class RouteGuardTests(EdgeFixture fixture) : IClassFixture<EdgeFixture>
{
    [Fact]
    public async Task Every_route_refuses_without_a_key_but_health_and_the_documentation()
    {
        using var stranger = fixture.Server.NewClient(null);
        var routes = fixture.Server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        routes.Count.ShouldBeGreaterThan(5);

        foreach (var route in routes)
        {
            var path = "/" + route.RoutePattern.RawText!.TrimStart('/').Replace("{**id}", "x", StringComparison.Ordinal);
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)
            {
                using var response = await stranger.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
                response.StatusCode.ShouldBe(path is "/health" or "/openapi.json" or "/docs" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, $"{method} {path}");
            }
        }
    }

    [Theory]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("GET", "/")]
    [InlineData("DELETE", "/v1/models")]
    [InlineData("POST", "/v1/v1/chat/completions")]
    public async Task Stranger_does_not_learn_which_paths_exist(string method, string path)
    {
        using var stranger = fixture.Server.NewClient(null);
        using var response = await stranger.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await response.ErrorAsync()).GetProperty("code").GetString().ShouldBe("invalid_api_key");
    }

    [Theory]
    [InlineData("Bearer pg_this_key_is_unknown_here")]
    [InlineData("Bearer sk-other-kind-of-key-123456")]
    [InlineData("Bearer ")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("pg_without_a_scheme_1234567890")]
    public async Task Wrong_credential_gets_401(string header)
    {
        using var client = fixture.Server.NewClient(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        using var response = await client.GetAsync("/v1/models");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Scheme_is_read_in_any_letter_case()
    {
        using var client = fixture.Server.NewClient(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bearer", fixture.Server.Key);

        using var response = await client.GetAsync("/v1/models");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Revoked_key_stops_at_once()
    {
        var created = fixture.Server.Keys.Create("short-lived", KeyPermission.ReadOnly);
        using var client = fixture.Server.NewClient(created.Key);
        (await client.GetAsync("/v1/models")).StatusCode.ShouldBe(HttpStatusCode.OK);

        fixture.Server.Keys.Revoke(created.Info.Id).ShouldBeTrue();

        (await client.GetAsync("/v1/models")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
