namespace PolarGrid.Edge.Tests.Requests;

/// <summary>A value for each field that shows what the server does with it, and the fields that it needs beside it.</summary>
internal static class ParameterExamples
{
    private const string Tools = """[{"type":"function","function":{"name":"time"}},{"type":"function","function":{"name":"day"}}]""";
    private const string Functions = """[{"name":"time"},{"name":"day"}]""";

    public static IReadOnlyDictionary<string, ParameterExample> Generation { get; } = new Dictionary<string, ParameterExample>
    {
        ["model"] = new("\"an-alias\""),
        ["max_tokens"] = new("7"),
        ["max_completion_tokens"] = new("7"),
        ["temperature"] = new("0.1"),
        ["top_p"] = new("0.3"),
        ["top_k"] = new("5"),
        ["min_p"] = new("0.1"),
        ["n"] = new("2"),
        ["stop"] = new("\"x\""),
        ["frequency_penalty"] = new("1"),
        ["presence_penalty"] = new("1"),
        ["repetition_penalty"] = new("1.2"),
        ["logit_bias"] = new("""{"5":1}"""),
        ["seed"] = new("7"),
        ["min_tokens"] = new("3"),
        ["ignore_eos"] = new("true"),
        ["stream"] = new("true"),
        ["stream_options"] = new("""{"include_usage":true}""", ("stream", "true")),
        ["user"] = new("\"u\""),
        ["stop_token_ids"] = new("[5]"),
        ["bad_words"] = new("""["x"]"""),
        ["allowed_token_ids"] = new("[5]"),
        ["priority"] = new("1"),
        ["request_id"] = new("\"r\""),
        ["cache_salt"] = new("\"s\""),
        ["return_token_ids"] = new("true"),
        ["return_tokens_as_token_ids"] = new("true"),
        ["response_format"] = new("""{"type":"json_object"}"""),
        ["json_schema"] = new("""{"type":"string"}"""),
        ["guided_json"] = new("""{"type":"string"}"""),
        ["guided_regex"] = new("\"[a-z]+\""),
        ["guided_choice"] = new("""["a","b"]"""),
        ["guided_grammar"] = new("\"root ::= \\\"a\\\"\""),
        ["grammar"] = new("\"root ::= \\\"a\\\"\""),
        ["structured_outputs"] = new("""{"regex":"[a-z]+"}"""),
        ["guided_decoding_backend"] = new("\"outlines\""),
        ["guided_whitespace_pattern"] = new("\" \""),
        ["prediction"] = new("""{"type":"content","content":"x"}"""),
        ["verbosity"] = new("\"low\""),
        ["service_tier"] = new("\"flex\""),
        ["store"] = new("true"),
        ["metadata"] = new("""{"a":"b"}"""),
        ["prompt_cache_key"] = new("\"k\""),
        ["prompt_cache_retention"] = new("\"24h\""),
        ["prompt_cache_options"] = new("""{"mode":"implicit"}"""),
        ["safety_identifier"] = new("\"s\""),
        ["moderation"] = new("""{"model":"m"}"""),
        ["web_search_options"] = new("{}"),
        ["route"] = new("\"fallback\""),
        ["provider"] = new("""{"order":["a"]}"""),
        ["tools"] = new(Tools),
        ["tool_choice"] = new("\"none\"", ("tools", Tools)),
        ["parallel_tool_calls"] = new("false", ("tools", Tools)),
        ["functions"] = new(Functions),
        ["function_call"] = new("\"none\"", ("functions", Functions)),
        ["modalities"] = new("""["text"]"""),
        ["audio"] = new("""{"voice":"alloy","format":"mp3"}"""),
        ["enable_thinking"] = new("true"),
        ["reasoning_effort"] = new("\"high\""),
        ["chat_template_kwargs"] = new("""{"enable_thinking":true}"""),
        ["include_reasoning"] = new("true", ("enable_thinking", "true")),
        ["thinking_token_budget"] = new("5", ("enable_thinking", "true")),
        ["chat_template"] = new("\"x\""),
        ["add_generation_prompt"] = new("false"),
        ["continue_final_message"] = new("true"),
    };

    public static IReadOnlyDictionary<string, ParameterExample> Chat { get; } = new Dictionary<string, ParameterExample>(Generation)
    {
        ["messages"] = new("""[{"role":"user","content":"other"}]"""),
        ["logprobs"] = new("true"),
        ["top_logprobs"] = new("2", ("logprobs", "true")),
        ["echo"] = new("true"),
        ["prompt"] = new("\"other\""),
        ["suffix"] = new("\"end\""),
        ["best_of"] = new("3"),
    };

    public static IReadOnlyDictionary<string, ParameterExample> Completions { get; } = new Dictionary<string, ParameterExample>(Generation)
    {
        ["prompt"] = new("\"other\""),
        ["suffix"] = new("\"end\""),
        ["echo"] = new("true"),
        ["best_of"] = new("3"),
        ["logprobs"] = new("2"),
        ["messages"] = new("[]"),
        ["top_logprobs"] = new("2"),
        ["tool_choice"] = new("\"auto\""),
        ["parallel_tool_calls"] = new("true"),
        ["function_call"] = new("\"auto\""),
        ["include_reasoning"] = new("true"),
        ["thinking_token_budget"] = new("5"),
        ["add_generation_prompt"] = new("true"),
    };

    public static IReadOnlyDictionary<string, ParameterExample> Speech { get; } = new Dictionary<string, ParameterExample>
    {
        ["model"] = new("\"another-voice\""),
        ["input"] = new("\"Other.\""),
        ["voice"] = new("\"echo\""),
        ["response_format"] = new("\"pcm\""),
        ["speed"] = new("2"),
        ["stream"] = new("false"),
        ["stream_format"] = new("\"sse\""),
        ["instructions"] = new("\"Whisper.\""),
        ["language"] = new("\"de\""),
        ["voice_transcript"] = new("\"Hi\""),
    };

    /// <summary>Of a form: texts, lists as repeated fields.</summary>
    public static IReadOnlyDictionary<string, ParameterExample> Transcriptions { get; } = new Dictionary<string, ParameterExample>
    {
        ["file"] = new("\"other.wav\""),
        ["model"] = new("\"other\""),
        ["language"] = new("\"de\""),
        ["prompt"] = new("\"a hint\""),
        ["response_format"] = new("\"srt\""),
        ["temperature"] = new("0.5"),
        ["timestamp_granularities"] = new("""["word"]""", ("response_format", "\"verbose_json\"")),
        ["stream"] = new("true"),
        ["async"] = new("true"),
        ["sync"] = new("true"),
        ["punctuation"] = new("false"),
        ["chunking_strategy"] = new("""{"type":"server_vad","silence_duration_ms":2000}"""),
        ["keywords"] = new("""["word"]"""),
        ["languages"] = new("""["en"]"""),
        ["include"] = new("""["logprobs"]"""),
        ["known_speaker_names"] = new("""["agent"]"""),
        ["known_speaker_references"] = new("""["data:audio/wav;base64,AA=="]"""),
    };

    public static IReadOnlyDictionary<string, ParameterExample> Embeddings { get; } = new Dictionary<string, ParameterExample>
    {
        ["model"] = new("\"an-alias-too\""),
        ["input"] = new("""["other"]"""),
        ["encoding_format"] = new("\"base64\""),
        ["dimensions"] = new("2"),
        ["user"] = new("\"u\""),
    };
}

/// <summary>One field's value as JSON.</summary>
internal sealed record ParameterExample(string Value, params (string Name, string Value)[] Beside);
