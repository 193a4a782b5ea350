using PolarGrid.MicroBench.Loading;
using PolarGrid.MicroBench.Sampling;
using PolarGrid.MicroBench.Threads;

// The first argument names a measurement; the rest is its own.
return args switch
{
    ["threads", .. var rest] => ThreadBench.Run(rest),
    ["sampling"] => SamplingBench.Run(),
    ["loading", var model] => LoadingBench.Run(model),
    ["spin"] => Neighbour.Spin(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: MicroBench <measurement> [options]
          threads --model FILE [--rounds N] [--milliseconds N] [--only TEXT] [--nice N]
                                                           threads, waiting and a busy neighbour
          sampling                                         what choosing a token costs
          loading FILE                                     mapping, repacking, fused attention
          spin                                             keep one processor busy until killed
        """);
    return 1;
}
