using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Tests.Hosting;
using Shouldly;

namespace PolarGrid.Edge.Tests.Auth;

public sealed class PermissionTests
{
    [Theory]
    [InlineData(KeyPermission.ReadOnly, "/undeclared", HttpStatusCode.Forbidden)]
    [InlineData(KeyPermission.ReadWrite, "/undeclared", HttpStatusCode.Forbidden)]
    [InlineData(KeyPermission.Admin, "/undeclared", HttpStatusCode.OK)]
    [InlineData(KeyPermission.ReadOnly, "/manage", HttpStatusCode.Forbidden)]
    [InlineData(KeyPermission.ReadWrite, "/manage", HttpStatusCode.OK)]
    [InlineData(KeyPermission.ReadOnly, "/v1/models", HttpStatusCode.OK)]
    [InlineData(KeyPermission.ReadOnly, "/metrics", HttpStatusCode.OK)]
    public async Task Endpoint_asks_for_its_permission_and_for_admin_when_it_declares_none(KeyPermission permission, string path, HttpStatusCode expected)
    {
        await using var server = await EdgeServer.StartAsync(map: app =>
        {
            app.MapGet("/undeclared", (RequestDelegate)(_ => Task.CompletedTask));
            app.MapGet("/manage", (RequestDelegate)(_ => Task.CompletedTask)).WithMetadata(new RequiredPermission(KeyPermission.ReadWrite));
        });
        using var client = server.NewClient(server.Keys.Create("test", permission).Key);

        using var response = await client.GetAsync(path);

        response.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.Forbidden)
        {
            (await response.ErrorAsync()).GetProperty("code").GetString().ShouldBe("insufficient_permissions");
        }
    }
}
