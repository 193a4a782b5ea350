using System.Globalization;
using PolarGrid.MicroBench.Accounting;
using PolarGrid.MicroBench.Drafting;
using PolarGrid.MicroBench.FirstToken;
using PolarGrid.MicroBench.Grammars;
using PolarGrid.MicroBench.Loading;
using PolarGrid.MicroBench.Passes;
using PolarGrid.MicroBench.Sampling;
using PolarGrid.MicroBench.Threads;

// The first argument names a measurement; the rest is its own.
return args switch
{
    ["threads", .. var rest] => ThreadBench.Run(rest),
    ["first-token", var model, .. var rest] => await FirstTokenBench.RunAsync(
        model, rest is [var rounds, ..] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 60, Environment.ProcessorCount),
    ["sampling"] => SamplingBench.Run(),
    ["constrained", var model, .. var rest] => await ConstrainedBench.RunAsync(
        model, rest is [var rounds, ..] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 9),
    ["grammars", var model] => GrammarBench.Run(model),
    ["loading", var model] => LoadingBench.Run(model),
    ["usage"] => await UsageBench.RunAsync(),
    ["passes", var model] => PassBench.Run(model),
    ["drafting", var model, var rounds, var callers, var kinds] => await DraftingBench.RunAsync(
        model, int.Parse(rounds, CultureInfo.InvariantCulture), callers, kinds),
    ["spin"] => Neighbour.Spin(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: MicroBench <measurement> [options]
          threads --model FILE [--rounds N] [--milliseconds N] [--only TEXT] [--nice N]
                                                           threads, waiting and a busy neighbour
          first-token FILE [ROUNDS]                        what the server adds to the first token's time
          sampling                                         what choosing a token costs
          constrained FILE [ROUNDS]                        speed of constrained answers against free ones
          grammars FILE                                    preparing and following an output grammar
          loading FILE                                     mapping, repacking, fused attention
          usage                                            what limits and usage cost a request
          passes FILE                                      forward passes over few rows
          drafting FILE ROUNDS CALLERS KINDS               speed with and without foretold tokens, e.g. 3 1,2,4,8 greedy,hot
          spin                                             keep one processor busy until killed
        """);
    return 1;
}
