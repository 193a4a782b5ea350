using System.Globalization;
using PolarGrid.MicroBench.FirstToken;
using PolarGrid.MicroBench.Threads;

// The first argument names a measurement; the rest is its own.
return args switch
{
    ["threads", .. var rest] => ThreadBench.Run(rest),
    ["first-token", var model, .. var rest] => await FirstTokenBench.RunAsync(
        model, rest is [var rounds, ..] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 60, Environment.ProcessorCount),
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
          spin                                             keep one processor busy until killed
        """);
    return 1;
}
