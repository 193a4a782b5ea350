using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Tests.Hosting;
using Shouldly;

namespace PolarGrid.Edge.Tests.OpenApi;

public sealed class OpenApiDocumentTests(EdgeFixture fixture) : IClassFixture<EdgeFixture>
{
    [Fact]
    public async Task Every_mapped_route_is_described_and_nothing_else()
    {
        var mapped = fixture.Server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Where(method => method != "CONNECT")
                .Select(method => $"{method.ToLowerInvariant()} {ApiDocument.PathOf(endpoint)}"));
        var described = (await DocumentAsync()).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name} {path.Name}"));

        described.Order().ShouldBe(mapped.Order());
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = await DocumentAsync();
        var references = new List<string>();
        Collect(document, references);

        references.ShouldNotBeEmpty();
        foreach (var reference in references)
        {
            var at = document;
            foreach (var step in reference[2..].Split('/'))
            {
                at = at.ValueKind == JsonValueKind.Array ? at[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : at.GetProperty(step);
            }
        }
    }

    [Fact]
    public async Task A_field_has_the_bounds_that_are_enforced()
    {
        var fields = (await DocumentAsync()).GetProperty("components").GetProperty("schemas").GetProperty("CreateChatCompletionRequest");

        fields.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(["model", "messages"], ignoreOrder: true);
        var temperature = fields.GetProperty("properties").GetProperty("temperature");
        temperature.GetProperty("minimum").GetInt32().ShouldBe(0);
        temperature.GetProperty("maximum").GetInt32().ShouldBe(2);
        fields.GetProperty("properties").GetProperty("stop").GetProperty("anyOf").GetArrayLength().ShouldBe(2);
        fields.GetProperty("properties").GetProperty("verbosity").GetProperty("enum").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task An_answer_has_no_member_that_is_not_described()
    {
        using var response = await fixture.Server.ChatAsync("\"metadata\":{\"a\":\"b\"},\"service_tier\":\"auto\",\"logprobs\":true");
        var described = (await DocumentAsync()).GetProperty("components").GetProperty("schemas").GetProperty("ChatCompletion").GetProperty("properties");

        foreach (var member in (await response.JsonAsync()).EnumerateObject()) described.TryGetProperty(member.Name, out _).ShouldBeTrue(member.Name);
    }

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere()
    {
        var page = await fixture.Server.Client.GetStringAsync("/docs");
        page.ShouldContain("openapi.json");
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
    }

    private async Task<JsonElement> DocumentAsync()
    {
        using var response = await fixture.Server.Client.GetAsync("/openapi.json");
        return await response.JsonAsync();
    }

    private static void Collect(JsonElement node, List<string> references)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray()) Collect(item, references);
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in node.EnumerateObject())
            {
                if (member.NameEquals("$ref") && member.Value.ValueKind == JsonValueKind.String) references.Add(member.Value.GetString()!);
                Collect(member.Value, references);
            }
        }
    }
}
