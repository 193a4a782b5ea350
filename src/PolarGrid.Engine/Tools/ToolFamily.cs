namespace PolarGrid.Engine.Tools;

/// <summary>How a model writes tool calls, told by its chat template.</summary>
public enum ToolFamily
{
    /// <summary>The template knows no calls; they are asked for in words and written as <see cref="Hermes"/> does.</summary>
    Generic,

    /// <summary>Hermes, Qwen: <c>&lt;tool_call&gt;{"name":…,"arguments":{…}}&lt;/tool_call&gt;</c>.</summary>
    Hermes,

    /// <summary>Llama 3: <c>{"name":…,"parameters":{…}}</c>, with or without <c>&lt;|python_tag|&gt;</c>.</summary>
    Llama3,

    /// <summary>Mistral: <c>[TOOL_CALLS][{"name":…,"arguments":{…}}]</c>.</summary>
    Mistral,

    /// <summary>Mistral since 2025: <c>[TOOL_CALLS]name[ARGS]{…}</c>.</summary>
    MistralArguments,

    /// <summary>Functionary 3.1: <c>&lt;function=name&gt;{…}&lt;/function&gt;</c>.</summary>
    Functionary,

    /// <summary>DeepSeek: <c>&lt;｜tool▁call▁begin｜&gt;function&lt;｜tool▁sep｜&gt;name</c>, then JSON in a code fence.</summary>
    DeepSeek,

    /// <summary>DeepSeek since V3.1: <c>&lt;｜tool▁call▁begin｜&gt;name&lt;｜tool▁sep｜&gt;{…}</c>.</summary>
    DeepSeekPlain,

    /// <summary>Firefunction: <c>functools[{"name":…,"arguments":{…}}]</c>.</summary>
    FireFunction,

    /// <summary>Command R: <c>Action:</c>, then a fenced list of <c>{"tool_name":…,"parameters":{…}}</c>.</summary>
    CommandR,

    /// <summary>Granite: <c>&lt;|tool_call|&gt;[{"name":…,"arguments":{…}}]</c>.</summary>
    Granite,

    /// <summary>Nemotron: <c>&lt;TOOLCALL&gt;[{"name":…,"arguments":{…}}]&lt;/TOOLCALL&gt;</c>.</summary>
    Nemotron,
}
