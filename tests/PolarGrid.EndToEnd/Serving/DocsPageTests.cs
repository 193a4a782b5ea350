using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Serving;

/// <summary><c>/docs</c> in a real browser.</summary>
[Collection(ServerCollection.Name)]
public sealed class DocsPageTests(ServerFixture fixture)
{
    [BrowserFact]
    public async Task Page_shows_every_operation_with_its_fields_and_parameters()
    {
        var (_, text) = await fixture.Api.GetAsync("/openapi.json");
        var api = JsonNode.Parse(text)!;

        var page = await Browser.ReadAsync(new UriBuilder(new Uri(fixture.Server.Url, "/docs")) { UserName = "me", Password = ServerFixture.Key }.Uri);

        page.ShouldNotContain("<p id=\"about\">openapi.json");
        foreach (var (path, operations) in api["paths"]!.AsObject())
        {
            foreach (var (_, operation) in operations!.AsObject())
            {
                page.ShouldContain($"id=\"{operation!["operationId"]}\"");
                page.ShouldContain($"<span class=\"path\">{path}</span>");
                foreach (var name in Names(api, operation)) page.ShouldContain($"<tr data-name=\"{name}\">", customMessage: $"{path} {name}");
            }
        }
    }

    private static IEnumerable<string> Names(JsonNode api, JsonNode operation)
    {
        foreach (var parameter in operation["parameters"]?.AsArray() ?? []) yield return (string)parameter!["name"]!;
        foreach (var (_, content) in operation["requestBody"]?["content"]?.AsObject() ?? [])
        {
            var schema = ((string)content!["schema"]!["$ref"]!).Split('/')[^1];
            foreach (var (name, _) in api["components"]!["schemas"]![schema]!["properties"]!.AsObject()) yield return name;
        }
    }
}
