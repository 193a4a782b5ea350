using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Templates;
using PolarGrid.Engine.Tools;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Engine.Tests.Tools;

/// <summary>What is read out of real models' templates.</summary>
public sealed class TemplateReaderTests
{
    [SharedTheory("templates")]
    [InlineData("Qwen-Qwen2.5-7B-Instruct", ToolFamily.Hermes, true, true, true)]
    [InlineData("Qwen-Qwen3-0.6B", ToolFamily.Hermes, true, true, true)]
    [InlineData("NousResearch-Hermes-3-Llama-3.1-8B-tool_use", ToolFamily.Hermes, true, true, true)]
    [InlineData("meta-llama-Llama-3.1-8B-Instruct", ToolFamily.Llama3, true, true, true)]
    [InlineData("meta-llama-Llama-3.2-3B-Instruct", ToolFamily.Llama3, true, true, true)]
    [InlineData("Mistral-Small-3.2-24B-Instruct-2506", ToolFamily.MistralArguments, true, true, true)]
    [InlineData("unsloth-mistral-Devstral-Small-2507", ToolFamily.MistralArguments, true, true, true)]
    [InlineData("meetkai-functionary-medium-v3.1", ToolFamily.Functionary, true, true, false)]
    [InlineData("fireworks-ai-llama-3-firefunction-v2", ToolFamily.FireFunction, true, true, false)]
    [InlineData("llama-cpp-deepseek-r1", ToolFamily.DeepSeek, true, true, false)]
    [InlineData("deepseek-ai-DeepSeek-R1-Distill-Qwen-32B", ToolFamily.DeepSeek, false, true, false)]
    [InlineData("CohereForAI-c4ai-command-r-plus-tool_use", ToolFamily.CommandR, true, true, true)]
    [InlineData("ibm-granite-granite-3.3-2B-Instruct", ToolFamily.Granite, true, false, false)]
    [InlineData("NVIDIA-Nemotron-Nano-v2", ToolFamily.Nemotron, true, true, true)]
    [InlineData("google-gemma-2-2b-it", ToolFamily.Generic, false, false, false)]
    [InlineData("llama-cpp-rwkv-world", ToolFamily.Generic, false, false, false)]
    [InlineData("ByteDance-Seed-OSS", ToolFamily.Generic, false, false, false)]
    public void Family_and_form_are_found(string file, ToolFamily family, bool listsTools, bool showsCalls, bool asObject)
    {
        var traits = Read(file);

        (traits.Tools, traits.ListsTools, traits.ShowsCalls, traits.ArgumentsAsObject).ShouldBe((family, listsTools, showsCalls, asObject));
    }

    [SharedTheory("templates")]
    [InlineData("Qwen-Qwen3-0.6B", "<think>", false, false)]
    [InlineData("deepseek-ai-DeepSeek-R1-Distill-Llama-8B", "<think>", true, true)]
    [InlineData("llama-cpp-deepseek-r1", "<think>", true, true)]
    [InlineData("NVIDIA-Nemotron-Nano-v2", "<think>", true, true)]
    [InlineData("ByteDance-Seed-OSS", "<seed:think>", false, false)]
    [InlineData("ibm-granite-granite-3.3-2B-Instruct", "<think>", false, false)]
    [InlineData("Qwen-Qwen2.5-7B-Instruct", null, false, false)]
    [InlineData("meta-llama-Llama-3.3-70B-Instruct", null, false, false)]
    public void Thinking_is_found(string file, string? opener, bool opensWhenOn, bool opensWhenOff)
    {
        var traits = Read(file);

        (traits.Reasoning?.Open, traits.OpensThinkingWhenOn, traits.OpensThinkingWhenOff).ShouldBe((opener, opensWhenOn, opensWhenOff));
    }

    [SharedFact("templates")]
    public void What_a_template_refuses_is_found()
    {
        Read("google-gemma-2-2b-it").TakesSystemMessage.ShouldBeFalse();
        Read("Qwen-Qwen3-0.6B").TakesSystemMessage.ShouldBeTrue();
        Read("Mistral-Small-3.2-24B-Instruct-2506").NineCharacterCallIds.ShouldBeTrue();
        Read("unsloth-mistral-Devstral-Small-2507").EmptyContentBesideCalls.ShouldBeTrue();
        Read("llama-cpp-deepseek-r1").EmptyContentBesideCalls.ShouldBeFalse();
    }

    [Fact]
    public void Switch_without_markers_means_the_usual_markers() =>
        Parse("{% if enable_thinking %}/think{% endif %}{{ messages[0].content }}").Reasoning.ShouldBe(new ReasoningMarkers("<think>", "</think>"));

    [Fact]
    public void Template_that_fails_on_everything_is_plain_and_does_not_throw()
    {
        var traits = Parse("{{ raise_exception('no') }}");

        (traits.Tools, traits.TakesSystemMessage, traits.Reasoning).ShouldBe((ToolFamily.Generic, false, null));
    }

    private static TemplateTraits Read(string file) => Parse(File.ReadAllText(SharedFiles.Get($"templates/{file}.jinja")));

    private static TemplateTraits Parse(string source) => TemplateReader.Read(ChatTemplate.Parse(source).Value!);
}
