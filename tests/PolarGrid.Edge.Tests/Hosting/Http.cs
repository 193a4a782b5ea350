using System.Net;
using System.Text.Json;
using Shouldly;

namespace PolarGrid.Edge.Tests.Hosting;

/// <summary>Reads answers.</summary>
internal static class Http
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public static async Task<JsonElement> ErrorAsync(this HttpResponseMessage response) => (await response.JsonAsync()).GetProperty("error");

    /// <summary>The answer is 400, and its error names the field and says something.</summary>
    /// <param name="response">Of a request with something wrong.</param>
    /// <param name="param">The field at fault.</param>
    /// <param name="code">The error's code.</param>
    public static async Task ShouldBeRefusedAsync(this HttpResponseMessage response, string? param, string? code)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync());
        var error = await response.ErrorAsync();
        error.GetProperty("param").GetString().ShouldBe(param);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("message").GetString()!.ShouldNotBeEmpty();
    }

    /// <summary>The events of a whole stream, comments left out.</summary>
    public static async Task<List<string>> EventsAsync(this HttpResponseMessage response) =>
        Events(await response.Content.ReadAsStringAsync());

    public static List<string> Events(string stream) =>
        [.. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(block => !block.StartsWith(':'))
            .Select(block => block.StartsWith("data: ", StringComparison.Ordinal) ? block[6..] : throw new FormatException(block))];
}
