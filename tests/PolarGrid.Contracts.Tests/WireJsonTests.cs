using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using PolarGrid.Contracts.Chat;
using PolarGrid.Contracts.Errors;
using PolarGrid.Contracts.Shared;
using Shouldly;

namespace PolarGrid.Contracts.Tests;

public sealed class WireJsonTests
{
    [Fact]
    public void Every_member_of_every_record_names_itself_on_the_wire()
    {
        var records = typeof(WireJson).Assembly.GetExportedTypes().Where(type => type != typeof(WireJson)).ToList();

        records.Count.ShouldBeGreaterThan(15);
        records.ShouldAllBe(type => type.IsSealed);
        records.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(property => property.GetCustomAttribute<JsonPropertyNameAttribute>() is null)
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_record_that_travels_alone_has_a_generated_serialiser()
    {
        foreach (var type in new[] { typeof(ChatCompletion), typeof(ChatCompletionChunk), typeof(ChatCompletionRequest), typeof(ErrorResponse), typeof(Usage) })
        {
            WireJson.Wire.GetTypeInfo(type).ShouldNotBeNull();
        }
    }

    [Fact]
    public void Request_leaves_out_what_was_not_said()
    {
        var request = new ChatCompletionRequest { Model = "m", Messages = [new ChatMessage { Role = "user", Content = "é\"" }], Stream = true };

        JsonSerializer.Serialize(request, WireJson.Wire.ChatCompletionRequest)
            .ShouldBe("""{"model":"m","messages":[{"role":"user","content":"é\""}],"stream":true}""");
    }

    [Theory]
    [InlineData("""{"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"x"},"finish_reason":null}],"new_field":[1]}""", "x")]
    [InlineData("""{"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant"},"logprobs":null}],"usage":null}""", null)]
    public void Chunk_is_read_with_fields_that_nobody_knows(string json, string? content)
    {
        var chunk = JsonSerializer.Deserialize(json, WireJson.Wire.ChatCompletionChunk)!;

        chunk.Choices.Single().Delta.Content.ShouldBe(content);
    }

    [Fact]
    public void Error_always_has_its_four_keys()
    {
        var error = new ErrorResponse { Error = new ErrorBody { Message = "m", Type = "server_error" }, Detail = "m" };

        JsonSerializer.Serialize(error, WireJson.Wire.ErrorResponse)
            .ShouldBe("""{"error":{"message":"m","type":"server_error","param":null,"code":null},"detail":"m"}""");
    }
}
