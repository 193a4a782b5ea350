using PolarGrid.LoadBench.Servers;

namespace PolarGrid.LoadBench.Comparing;

/// <summary>One of the two servers under comparison.</summary>
/// <param name="TakesScenarioArguments">The options that a scenario holds for llama.cpp's server are appended.</param>
internal sealed record Side(string Name, CommandTemplate Command, bool TakesScenarioArguments)
{
    private const string OurCommand =
        "{program} up --urls http://127.0.0.1:{port} --model {name}={model} --threads {threads} "
        + "--context {context} --kv-tokens {total} --parallel {slots}";

    private const string TheirCommand =
        "{program} -m {model} -a {name} --host 127.0.0.1 --port {port} -t {threads} -tb {threads} -c {total} -np {slots} --jinja --no-ui";

    public static Side Ours(string program, string? command) =>
        new("polargrid", new CommandTemplate(command ?? WithProgram(OurCommand, program)), TakesScenarioArguments: false);

    public static Side Theirs(string program, string? command) =>
        new("llama-server", new CommandTemplate(command ?? WithProgram(TheirCommand, program)), TakesScenarioArguments: true);

    private static string WithProgram(string command, string program) => command.Replace("{program}", $"\"{program}\"");
}
