namespace PolarGrid.Edge.Errors;

/// <summary>Every error that this edge can answer with. A new error is a new row.</summary>
internal static class ErrorTable
{
    private const string Invalid = "invalid_request_error";
    private const string Unavailable = "service_unavailable_error";

    public static readonly ErrorKind MalformedJson = new(400, Invalid, null, false, "The body is not a JSON object.");
    public static readonly ErrorKind BadRequest = new(400, Invalid, null, false, "The request is not valid HTTP.");
    public static readonly ErrorKind Missing = new(400, Invalid, "missing_required_parameter", false, "A required field is absent.");
    public static readonly ErrorKind WrongType = new(400, Invalid, "invalid_type", false, "A field has the wrong JSON type.");
    public static readonly ErrorKind InvalidValue = new(400, Invalid, "invalid_value", false, "A value is not one of those allowed.", true);
    public static readonly ErrorKind IntegerBelow = new(400, Invalid, "integer_below_min_value", false, "An integer is too small.", true);
    public static readonly ErrorKind IntegerAbove = new(400, Invalid, "integer_above_max_value", false, "An integer is too large.", true);
    public static readonly ErrorKind DecimalBelow = new(400, Invalid, "decimal_below_min_value", false, "A number is too small.", true);
    public static readonly ErrorKind DecimalAbove = new(400, Invalid, "decimal_above_max_value", false, "A number is too large.", true);
    public static readonly ErrorKind StringTooLong = new(400, Invalid, "string_above_max_length", false, "A text is too long.", true);
    public static readonly ErrorKind ArrayTooLong = new(400, Invalid, "array_above_max_length", false, "A list has too many items.", true);
    public static readonly ErrorKind ObjectTooLarge =
        new(400, Invalid, "object_above_max_properties", false, "An object has too many keys.", true);
    public static readonly ErrorKind EmptyArray = new(400, Invalid, "empty_array", false, "A list must not be empty.", true);
    public static readonly ErrorKind Inconsistent = new(400, Invalid, "invalid_value", false, "Two fields contradict each other.", true);
    public static readonly ErrorKind UnsupportedParameter =
        new(400, Invalid, "unsupported_parameter", false, "This server does not offer that field.");
    public static readonly ErrorKind UnsupportedValue =
        new(400, Invalid, "unsupported_value", false, "This server or model does not offer that value.");
    public static readonly ErrorKind UnknownParameter = new(400, Invalid, "unknown_parameter", false, "No such field (strict mode only).");
    public static readonly ErrorKind ContextLength =
        new(400, Invalid, "context_length_exceeded", false, "Prompt plus answer do not fit the model's context.");
    public static readonly ErrorKind FunctionParameters =
        new(400, Invalid, "invalid_function_parameters", false, "A tool's parameters are not a usable JSON Schema.", true);
    public static readonly ErrorKind InvalidSchema =
        new(400, Invalid, "invalid_json_schema", false, "Output cannot be held to this schema, pattern or grammar.", true);
    public static readonly ErrorKind TemplateFailed =
        new(400, Invalid, "invalid_messages", false, "The model's chat template refuses this conversation.", true);
    public static readonly ErrorKind InvalidAudio = new(400, Invalid, "invalid_audio", false, "The file is no audio that can be read here.");
    public static readonly ErrorKind MalformedForm = new(400, Invalid, null, false, "The body is not a multipart form.");
    public static readonly ErrorKind InvalidKey = new(401, Invalid, "invalid_api_key", false, "The key is missing, unknown or revoked.");
    public static readonly ErrorKind Forbidden = new(403, Invalid, "insufficient_permissions", false, "The key may not do this.");
    public static readonly ErrorKind NotFound = new(404, Invalid, "not_found", false, "There is nothing at this path.");
    public static readonly ErrorKind ModelNotFound = new(404, Invalid, "model_not_found", false, "No model of that name is loaded here.");
    public static readonly ErrorKind MethodNotAllowed =
        new(405, Invalid, "method_not_allowed", false, "This path answers to other methods.");
    public static readonly ErrorKind RequestTimeout = new(408, Invalid, "request_timeout", true, "The request came in too slowly.");
    public static readonly ErrorKind BodyTooLarge =
        new(413, Invalid, "request_too_large", false, "The body is larger than this server accepts.");
    public static readonly ErrorKind MediaType = new(415, Invalid, "unsupported_media_type", false, "The body must be application/json.");
    public static readonly ErrorKind UpgradeRequired = new(426, Invalid, "upgrade_required", false, "This path speaks WebSocket only.");
    public static readonly ErrorKind RateLimited =
        new(429, "rate_limit_error", "rate_limit_exceeded", true, "The key has sent the requests that it may send in a minute.");
    public static readonly ErrorKind TooManyJobs =
        new(429, "rate_limit_error", "rate_limit_exceeded", true, "The key has as many jobs as it may have.");
    public static readonly ErrorKind Internal =
        new(500, "server_error", null, true, "The server failed; the request id finds the reason in its log.");
    public static readonly ErrorKind JobLost = new(500, "server_error", "job_lost", true, "The server was restarted before the job was finished.");
    public static readonly ErrorKind SpeechFailed =
        new(502, "server_error", "speech_engine_failed", true, "The speech engine failed; the request id finds the reason in the log.");
    public static readonly ErrorKind QueueFull = new(503, Unavailable, "queue_full", true, "As many requests wait as the queue allows.");
    public static readonly ErrorKind ModelUnavailable =
        new(503, Unavailable, "model_unavailable", true, "The model is stopping or has stopped.");

    public static readonly ErrorKind StorageBusy =
        new(503, Unavailable, "storage_busy", true, "Another program keeps the server's database locked.");

    /// <summary>All rows, for documentation and tests.</summary>
    public static IReadOnlyList<ErrorKind> All { get; } =
    [
        MalformedJson, BadRequest, Missing, WrongType, InvalidValue, IntegerBelow, IntegerAbove, DecimalBelow, DecimalAbove,
        StringTooLong, ArrayTooLong, ObjectTooLarge, EmptyArray, Inconsistent, UnsupportedParameter, UnsupportedValue,
        UnknownParameter, ContextLength, FunctionParameters, InvalidSchema, TemplateFailed,
        InvalidAudio, MalformedForm, InvalidKey, Forbidden, NotFound, ModelNotFound, MethodNotAllowed,
        RequestTimeout, BodyTooLarge, MediaType, UpgradeRequired, RateLimited, TooManyJobs, Internal, JobLost, SpeechFailed, QueueFull, ModelUnavailable,
        StorageBusy,
    ];
}
