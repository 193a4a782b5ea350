using Microsoft.AspNetCore.Http;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Generation;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Requests;
using PolarGrid.Edge.Transcription.Forms;

namespace PolarGrid.Edge.Transcription;

/// <summary>From a request to a plan: fields of form and query, then the model.</summary>
internal sealed class TranscriptionFlow(RequestReader requests, FormReader forms, TranscriptionPlanner planner)
{
    private const string WithoutEffectHeader = "x-polargrid-without-effect";

    /// <summary>Reads a form with a file.</summary>
    /// <returns>A plan and the file, which is the caller's to dispose, or what is wrong.</returns>
    public async Task<(PreparedTranscription? Prepared, ApiError? Error)> ReadFormAsync(
        HttpContext context, ParameterTable<TranscriptionDraft> table, bool translate)
    {
        if (RequestReader.UnknownProfile(context.Request) is { } unknown) return (null, unknown);
        var (form, error) = await forms.ReadAsync(context, context.RequestAborted);
        if (form is null) return (null, error);
        using (form)
        {
            var draft = new TranscriptionDraft();
            error = ReadFields(context, table, form, translate, draft, out var plan);
            return error is null ? (new PreparedTranscription(plan!, draft, form.TakeFile()), null) : (null, error);
        }
    }

    /// <summary>Reads the query string alone.</summary>
    /// <returns>What is wrong; null with a plan.</returns>
    public ApiError? ReadQuery(HttpContext context, ParameterTable<TranscriptionDraft> table, TranscriptionDraft draft, out TranscriptionPlan? plan)
    {
        plan = null;
        return RequestReader.UnknownProfile(context.Request) ?? ReadFields(context, table, null, translate: false, draft, out plan);
    }

    private ApiError? ReadFields(
        HttpContext context, ParameterTable<TranscriptionDraft> table, UploadForm? form, bool translate, TranscriptionDraft draft, out TranscriptionPlan? plan)
    {
        plan = null;
        if (FormFields.Read(table.Describe(), context.Request.Query, form, out var json) is { } error) return error;
        using (json)
        {
            error = requests.Read(context, table, json!.RootElement, draft) ?? draft.CheckTogether() ?? planner.Plan(draft, translate, out plan);
        }

        if (plan is null) return error;
        RequestState.Of(context).Model = plan.Model.Id;
        context.Response.Headers[GenerationFlow.ModelHeader] = plan.Model.Id;
        if (plan.WithoutEffect.Count > 0) context.Response.Headers[WithoutEffectHeader] = string.Join(", ", plan.WithoutEffect);
        return null;
    }
}

/// <summary>What a form asked for.</summary>
internal sealed record PreparedTranscription(TranscriptionPlan Plan, TranscriptionDraft Draft, UploadedFile File);
