using System.Net;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Storage;
using PolarGrid.Edge.Tests.Hosting;
using Shouldly;

namespace PolarGrid.Edge.Tests.Auth;

/// <summary>A key that cannot be looked up because another program keeps the database locked.</summary>
public sealed class BusyKeysTests
{
    [Theory]
    [InlineData("GET", "/v1/models")]
    [InlineData("POST", "/v1/chat/completions")]
    [InlineData("GET", "/docs")]
    public async Task A_request_whose_key_cannot_be_looked_up_is_told_to_come_again(string method, string path)
    {
        await using var server = await EdgeServer.StartAsync(keys: new LockedKeys());

        using var response = await server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        response.Headers.Contains("WWW-Authenticate").ShouldBeFalse();
        var error = (await response.JsonAsync()).GetProperty("error");
        error.GetProperty("type").GetString().ShouldBe("service_unavailable_error");
        error.GetProperty("code").GetString().ShouldBe("storage_busy");
    }

    private sealed class LockedKeys : IKeyDirectory
    {
        public Caller? Find(ReadOnlySpan<char> key) => throw new DatabaseBusyException();

        public string? EnsureBootstrapKey(string? fromEnvironment) => "pg_0123456789abcdef";

        public CreatedKey Create(string name, KeyPermission permission, ApiProfile? profile, int? requestsPerMinute) => throw new NotSupportedException();

        public bool LimitRequests(string id, int? requestsPerMinute) => throw new NotSupportedException();

        public IReadOnlyList<KeyInfo> List() => throw new NotSupportedException();

        public bool Revoke(string id) => throw new NotSupportedException();
    }
}
