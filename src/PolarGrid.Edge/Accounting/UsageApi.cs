using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Accounting;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Requests;
using PolarGrid.Edge.Streaming;

namespace PolarGrid.Edge.Accounting;

/// <summary><c>GET /v1/usage</c>: what the caller's own key has used, by day, model and kind.</summary>
internal sealed class UsageApi(EdgeOptions options, TimeProvider time) : IDisposable
{
    private const int UsualDays = 30, MostDays = 366;

    private readonly UsageReader reader = UsageReader.Open(options.DataFolder, time);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/usage", (RequestDelegate)ShowAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), EndpointDescriptions.Usage);

    public void Dispose() => reader.Dispose();

    private Task ShowAsync(HttpContext context)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var to = today;
        var error = Read(context, "to", ref to);
        var from = to.DayNumber < UsualDays ? DateOnly.MinValue : to.AddDays(1 - UsualDays);
        error ??= Read(context, "from", ref from) ?? Check(from, to);
        if (error is not null) return ErrorWriter.WriteAsync(context, error);

        var sums = reader.Read(RequestState.Of(context).Caller!.KeyId, from, to);
        var body = new UsageReport
        {
            From = UsageReader.Text(from),
            To = UsageReader.Text(to),
            Data = [.. sums.Select(DayOf)],
            Total = AmountsOf(sums.Aggregate(default(UsageCounts), (total, sum) => total + sum.Counts)),
        };
        return JsonBody.WriteAsync(context, body, WireJson.Wire.UsageReport);
    }

    private static ApiError? Read(HttpContext context, string field, ref DateOnly day)
    {
        var text = context.Request.Query[field].ToString();
        if (text.Length == 0) return null;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
        {
            return new(ErrorTable.InvalidValue, $"'{field}' is '{FieldReader.Quote(text)}'; it must be a day such as 2026-11-21, in UTC.", field);
        }

        day = read;
        return null;
    }

    private static ApiError? Check(DateOnly from, DateOnly to)
    {
        var days = to.DayNumber - from.DayNumber + 1;
        return days switch
        {
            < 1 => new(ErrorTable.Inconsistent, $"'from' is {UsageReader.Text(from)}, which is after 'to', {UsageReader.Text(to)}.", "from"),
            > MostDays => new(ErrorTable.InvalidValue, $"'from' to 'to' are {days} days; ask for at most {MostDays} at once.", "from"),
            _ => null,
        };
    }

    private static UsageDay DayOf(UsageSum sum) =>
        new() { Date = UsageReader.Text(sum.Day), Model = sum.Model.Length == 0 ? null : sum.Model, Kind = sum.Kind, Amounts = AmountsOf(sum.Counts) };

    private static UsageAmounts AmountsOf(UsageCounts counts) => new()
    {
        Requests = counts.Requests,
        FailedRequests = counts.Failed,
        CancelledRequests = counts.Cancelled,
        PromptTokens = counts.PromptTokens,
        CachedTokens = counts.CachedTokens,
        CompletionTokens = counts.CompletionTokens,
        ReasoningTokens = counts.ReasoningTokens,
        InputCharacters = counts.Characters,
        OutputAudioSeconds = counts.SpokenMs / 1000.0,
        InputAudioSeconds = counts.HeardMs / 1000.0,
    };
}
