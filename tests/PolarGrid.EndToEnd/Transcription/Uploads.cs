using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PolarGrid.Testing.OpenApi;

namespace PolarGrid.EndToEnd.Transcription;

/// <summary>Sends recordings to a server, as curl does it with -F.</summary>
internal sealed class Uploads : IDisposable
{
    public const string Path = "/v1/audio/transcriptions";

    public Uploads(Uri url, string key)
    {
        Http = new HttpClient(new AnswerCheckingHandler(new SocketsHttpHandler { UseProxy = false })) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(3) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public HttpClient Http { get; }

    public Task<HttpResponseMessage> SendAsync(byte[] file, params (string Name, string Value)[] fields) => Http.PostAsync(Path, Form(file, fields));

    public static MultipartFormDataContent Form(byte[] file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "speech" } };
        foreach (var (name, value) in fields.Any(field => field.Name == "model") ? fields : [.. fields, ("model", "whisper-1")]) form.Add(new StringContent(value), name);
        return form;
    }

    /// <summary>The text of a recording that must be heard.</summary>
    public async Task<string> HearAsync(byte[] file, params (string Name, string Value)[] fields)
    {
        using var response = await SendAsync(file, fields);
        var body = await response.Content.ReadAsStringAsync();
        return response.StatusCode == HttpStatusCode.OK ? (string)JsonNode.Parse(body)!["text"]! : throw new HttpRequestException(body);
    }

    public void Dispose() => Http.Dispose();
}
