using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Tests.Hosting;
using Shouldly;

namespace PolarGrid.Edge.Tests.Auth;

public sealed class RouteGuardTests(EdgeFixture fixture) : IClassFixture<EdgeFixture>
{
    [Fact]
    public async Task Every_route_but_health_refuses_without_a_key()
    {
        using var stranger = fixture.Server.NewClient(null);
        var routes = fixture.Server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        routes.Count.ShouldBeGreaterThan(5);

        foreach (var route in routes)
        {
            var path = "/" + route.RoutePattern.RawText!.TrimStart('/').Replace("{**id}", "x", StringComparison.Ordinal);
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)
            {
                // How HTTP/2 opens a WebSocket; LiveTranscriptionTests does so with a wrong key.
                if (method == HttpMethods.Connect) continue;
                using var response = await stranger.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
                if (path != "/health") (await response.Content.ReadAsStringAsync()).ShouldContain("invalid_api_key", Case.Sensitive, path);
                response.StatusCode.ShouldBe(path == "/health" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, $"{method} {path}");
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

    [Theory]
    [InlineData("/docs")]
    [InlineData("/openapi.json")]
    public async Task Documentation_takes_the_key_from_a_browser_and_makes_it_ask(string path)
    {
        using var client = fixture.Server.NewClient(null);
        using var refused = await client.GetAsync(path);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Basic");

        client.DefaultRequestHeaders.Authorization = Basic("anyone:" + fixture.Server.Key);
        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        client.DefaultRequestHeaders.Authorization = Basic(":" + fixture.Server.Keys.Create("reader", KeyPermission.ReadOnly).Key);
        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", fixture.Server.Key);
        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/docs", "user:pg_this_key_is_unknown_here")]
    [InlineData("/docs", "a name alone")]
    [InlineData("/docs", "")]
    public async Task Wrong_password_of_a_browser_gets_401(string path, string credentials)
    {
        using var client = fixture.Server.NewClient(null);
        client.DefaultRequestHeaders.Authorization = Basic(credentials);

        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Basic !!!")]
    [InlineData("Basic")]
    [InlineData("Basic cGdf=")]
    public async Task Malformed_credentials_of_a_browser_get_401(string header)
    {
        using var client = fixture.Server.NewClient(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        (await client.GetAsync("/docs")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_good_password_opens_no_route_that_programs_use()
    {
        using var client = fixture.Server.NewClient(null);
        client.DefaultRequestHeaders.Authorization = Basic("anyone:" + fixture.Server.Key);

        (await client.GetAsync("/v1/models")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await client.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static AuthenticationHeaderValue Basic(string credentials) =>
        new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(credentials)));
}
