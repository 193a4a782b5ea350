namespace PolarGrid.Testing.OpenApi;

/// <summary>Checks every answer that passes through a client against OpenAI's schemas, streamed chunks as they are read.</summary>
public sealed class AnswerCheckingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static long checkedAnswers;

    /// <summary>Answers checked in this process, so that a test can see that checking happens at all.</summary>
    public static long CheckedAnswers => Interlocked.Read(ref checkedAnswers);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var media = response.Content.Headers.ContentType?.MediaType;
        var streamed = media == "text/event-stream";
        if (!PublishedShapes.IsPresent || (media != "application/json" && !streamed)) return response;
        if (PublishedShapes.NameOf(request.RequestUri!.AbsolutePath, (int)response.StatusCode, streamed) is not { } name) return response;
        Interlocked.Increment(ref checkedAnswers);
        var content = new StreamContent(new ObservedStream(await response.Content.ReadAsStreamAsync(cancellationToken), name, streamed));
        foreach (var (header, values) in response.Content.Headers) content.Headers.TryAddWithoutValidation(header, values);
        response.Content = content;
        return response;
    }
}
