using PolarGrid.MicroBench.Threads;

// The first argument names a measurement; the rest is its own.
return args switch
{
    ["threads", .. var rest] => ThreadBench.Run(rest),
    ["spin"] => Neighbour.Spin(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: MicroBench <measurement> [options]
          threads --model FILE [--rounds N] [--milliseconds N] [--only TEXT] [--nice N]
                                                           threads, waiting and a busy neighbour
          spin                                             keep one processor busy until killed
        """);
    return 1;
}
