using System.CommandLine;
using System.Net.Http.Headers;

namespace PolarGrid.Cli.Calls;

/// <summary>Where the server is and with which key: the options that all client commands share.</summary>
internal sealed class ServerOptions
{
    private const string KeyVariable = "POLARGRID_API_KEY";
    private const string BootstrapVariable = "POLARGRID_BOOTSTRAP_KEY";

    public Option<string> Url { get; } = new("--url")
    {
        Description = "The server's address.",
        HelpName = "URL",
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = $"The API key. Without it: the variable {KeyVariable}, else {BootstrapVariable}.",
    };

    /// <param name="parsed">The command line.</param>
    /// <param name="http">A client for that server, without a time limit; the caller disposes it.</param>
    /// <returns>Null, or a sentence on what is wrong with the options.</returns>
    public string? TryConnect(ParseResult parsed, out HttpClient? http)
    {
        http = null;
        var secret = parsed.GetValue(Key)
            ?? Environment.GetEnvironmentVariable(KeyVariable)
            ?? Environment.GetEnvironmentVariable(BootstrapVariable);
        if (string.IsNullOrEmpty(secret)) return $"no API key: give --key or set {KeyVariable}.";
        if (secret.AsSpan().ContainsAnyExceptInRange('!', '~')) return "the API key holds a space or a sign that no key has.";
        var address = parsed.GetRequiredValue(Url);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            return $"--url is '{address}', which is no address such as http://127.0.0.1:8080.";
        }

        http = new HttpClient { BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return null;
    }
}
