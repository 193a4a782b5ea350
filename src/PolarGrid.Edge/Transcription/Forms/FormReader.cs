using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Transcription.Forms;

/// <summary>Reads a multipart form with one file, part by part, within limits on each. File names and media types are not looked at.</summary>
internal sealed class FormReader(EdgeOptions options, FileMemory memory)
{
    private const string FileField = "file";
    private const int MostFields = 64, LongestField = 64 * 1024, LongestBoundary = 200, LongestName = 128, MostPartHeaders = 16, LongestPartHeaders = 8 * 1024;

    /// <summary>What is asked of the connection at once: with the reader's own 4 KiB a recording comes in hundreds of pieces.</summary>
    private const int ReadBytes = 64 * 1024;

    /// <summary>For everything in a body that is not the file.</summary>
    private const long RoomForFields = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private long MaxFileBytes => options.Transcription.MaxFileBytes;

    /// <returns>The form, to be disposed by the caller, or what is wrong with it.</returns>
    public async Task<(UploadForm? Form, ApiError? Error)> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (BoundaryOf(request.ContentType) is not { } boundary)
        {
            return (null, new(ErrorTable.MediaType, "The body must be multipart/form-data with a boundary and a part named 'file'."));
        }

        var most = MaxFileBytes + RoomForFields;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most;
        if (request.ContentLength > most) return (null, TooLarge());
        var form = new UploadForm();
        var complete = false;
        try
        {
            var error = await ReadPartsAsync(new MultipartReader(boundary, request.Body, ReadBytes)
            {
                HeadersCountLimit = MostPartHeaders, HeadersLengthLimit = LongestPartHeaders, BodyLengthLimit = most,
            }, form, cancellationToken);
            complete = error is null;
            return complete ? (form, null) : (null, error);
        }
        catch (Exception broken) when (broken is InvalidDataException || (broken is IOException and not BadHttpRequestException && !cancellationToken.IsCancellationRequested))
        {
            return (null, new(ErrorTable.MalformedForm, "The body is not a whole multipart form: a part is cut, damaged, or has too many headers."));
        }
        finally
        {
            if (!complete) form.Dispose();
        }
    }

    private async Task<ApiError?> ReadPartsAsync(MultipartReader reader, UploadForm form, CancellationToken cancellationToken)
    {
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } part)
        {
            if (NameOf(part) is not { } name)
            {
                return new(ErrorTable.MalformedForm, $"A part has no name, or one longer than {LongestName} characters; each part needs 'Content-Disposition: form-data; name=…'.");
            }

            var error = name == FileField ? await ReadFileAsync(part, form, cancellationToken) : await ReadFieldAsync(part, name, form, cancellationToken);
            if (error is not null) return error;
        }

        return null;
    }

    private async Task<ApiError?> ReadFileAsync(MultipartSection part, UploadForm form, CancellationToken cancellationToken)
    {
        if (form.File is not null) return Twice(FileField);
        form.File = new UploadedFile(memory);
        return await form.File.FillAsync(part.Body, MaxFileBytes, cancellationToken) switch
        {
            UploadOutcome.TooLarge => TooLarge(),
            UploadOutcome.NoMemory => new(ErrorTable.QueueFull, "The server holds as many uploaded files as it may. Try again later.") { RetryAfterSeconds = 5 },
            _ => null,
        };
    }

    private static async Task<ApiError?> ReadFieldAsync(MultipartSection part, string name, UploadForm form, CancellationToken cancellationToken)
    {
        if (form.Fields.Count == MostFields) return new(ErrorTable.ArrayTooLong, $"The form has more than {MostFields} fields.");
        var buffer = ArrayPool<byte>.Shared.Rent(LongestField + 1);
        try
        {
            var length = await part.Body.ReadAtLeastAsync(buffer.AsMemory(0, LongestField + 1), LongestField + 1, throwOnEndOfStream: false, cancellationToken);
            if (length > LongestField)
            {
                return new(ErrorTable.StringTooLong, $"'{FieldReader.Quote(name)}' is longer than {LongestField} bytes.", FieldReader.Quote(name));
            }

            form.Fields.Add((name, Strict.GetString(buffer, 0, length)));
            return null;
        }
        catch (ArgumentException)
        {
            return new(ErrorTable.InvalidValue, $"'{FieldReader.Quote(name)}' is not valid UTF-8.", FieldReader.Quote(name));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static ApiError Twice(string name) =>
        new(ErrorTable.Inconsistent, $"'{FieldReader.Quote(name)}' is given twice; give it once.", FieldReader.Quote(name));

    private ApiError TooLarge() =>
        new(ErrorTable.BodyTooLarge, $"The file is larger than the {MaxFileBytes} bytes that this server accepts. Send a compressed format, or the recording in parts.", FileField);

    private static string? BoundaryOf(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) return null;
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        return boundary.Length is > 0 and <= LongestBoundary ? boundary.ToString() : null;
    }

    private static string? NameOf(MultipartSection part)
    {
        if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)) return null;
        var name = HeaderUtilities.RemoveQuotes(disposition.Name);
        return name.Length is > 0 and <= LongestName ? name.ToString() : null;
    }
}
