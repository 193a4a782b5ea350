using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine.Embeddings;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Tests.Running;
using PolarGrid.Testing;

namespace PolarGrid.Engine.Tests.Embeddings;

public sealed class EmbeddingLoopTests
{
    [Fact]
    public async Task Each_input_gets_its_own_vector_however_passes_are_filled()
    {
        var runner = new SummingRunner();
        await using var embedder = Create(runner);
        var requests = Enumerable.Range(1, 9).Select(first => embedder.EmbedAsync(Request([.. Enumerable.Range(first, first * 2)]), default)).ToList();
        for (var first = 1; first <= 9; first++)
        {
            var outcome = await requests[first - 1];
            Assert.Null(outcome.Error);
            Assert.Equal(Enumerable.Range(first, first * 2).Select(token => (float)token), outcome.Vectors.Select(vector => vector[0]));
            Assert.Equal(first * 2, outcome.Tokens);
        }

        Assert.All(runner.Passes, inputs => Assert.InRange(inputs, 1, 4));
    }

    [Fact]
    public async Task A_small_request_does_not_wait_for_all_of_a_large_one()
    {
        var gate = new ManualResetEventSlim();
        var runner = new SummingRunner { BeforePass = gate.Wait };
        await using var embedder = Create(runner);
        var large = embedder.EmbedAsync(Request([.. Enumerable.Range(1, 100)]), default);
        var small = embedder.EmbedAsync(Request([7]), default);
        gate.Set();
        await small;
        Assert.False(large.IsCompleted && runner.Passes.Count < 3);
        Assert.Equal(100, (await large).Vectors.Count);
    }

    [Fact]
    public async Task A_caller_that_leaves_ends_its_own_request_only()
    {
        var gate = new ManualResetEventSlim();
        var runner = new SummingRunner { BeforePass = gate.Wait };
        await using var embedder = Create(runner);
        using var leaving = new CancellationTokenSource();
        var left = embedder.EmbedAsync(Request([.. Enumerable.Range(1, 400)]), leaving.Token);
        var other = embedder.EmbedAsync(Request([1]), default);
        await leaving.CancelAsync();
        gate.Set();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Single((await other).Vectors);
        Assert.InRange(runner.Passes.Sum(), 1, 8);
    }

    [Fact]
    public async Task A_caller_that_leaves_in_the_middle_is_told_what_was_computed_by_then()
    {
        using var gate = new SemaphoreSlim(0);
        var runner = new SummingRunner { BeforePass = gate.Wait };
        await using var embedder = Create(runner);
        using var leaving = new CancellationTokenSource();
        var left = embedder.EmbedAsync(Pairs(100), leaving.Token);
        gate.Release();
        await Until.TrueAsync(() => runner.Begun == 2);

        await leaving.CancelAsync();

        var gone = await Assert.ThrowsAsync<EmbeddingCancelledException>(() => left);
        gate.Release(1000);
        await embedder.EmbedAsync(Request([1]), default);

        // Four inputs of two tokens in the first pass, and four in the one that was running.
        Assert.Equal(16, gone.Tokens);
        Assert.Equal([4, 4, 1], runner.Passes);
    }

    [Fact]
    public async Task A_request_that_fails_in_the_middle_tells_what_was_computed_by_then()
    {
        var runner = new SummingRunner { BadToken = 13 };
        await using var embedder = Create(runner);

        var outcome = await embedder.EmbedAsync(Request([1, 2, 3, 4, 5, 13, 6, 7, 8, 9]), default);

        Assert.Equal(5, outcome.FailedInput);
        Assert.Equal(8, outcome.Tokens);
    }

    [Fact]
    public async Task A_full_queue_refuses_and_a_freed_place_takes_again()
    {
        var gate = new ManualResetEventSlim();
        var runner = new SummingRunner { BeforePass = gate.Wait };
        await using var embedder = Create(runner, new EmbedderOptions { MaxInputs = 2 });
        var first = embedder.EmbedAsync(Request([1]), default);
        var second = embedder.EmbedAsync(Request([2]), default);
        var refused = await embedder.EmbedAsync(Request([3]), default);
        gate.Set();
        await Task.WhenAll(first, second);
        Assert.Equal(EngineErrorCode.QueueFull, refused.Error!.Code);
        Assert.Equal(1, refused.Error.RetryAfterSeconds);
        Assert.Null((await EmbedWhenThereIsRoomAsync(embedder, Request([3]))).Error);
    }

    [Theory]
    [InlineData(4, 1000, "3 inputs of 6 tokens are in work or waiting; with this request's 2 of 4")]
    [InlineData(100, 9, "more than the 100 of 9")]
    public async Task The_queue_is_bound_by_inputs_and_tokens_but_takes_a_request_that_is_alone(int inputs, int tokens, string expected)
    {
        var gate = new ManualResetEventSlim();
        await using var embedder = Create(new SummingRunner { BeforePass = gate.Wait }, new EmbedderOptions { MaxInputs = inputs, MaxTokens = tokens });
        var first = embedder.EmbedAsync(Pairs(3), default);
        var refused = await embedder.EmbedAsync(Pairs(2), default);
        gate.Set();
        Assert.Equal(EngineErrorCode.QueueFull, refused.Error!.Code);
        Assert.Contains(expected, refused.Error.Message, StringComparison.Ordinal);
        Assert.Null((await first).Error);
        Assert.Equal(10, (await EmbedWhenThereIsRoomAsync(embedder, Pairs(10))).Vectors.Count);
    }

    [Fact]
    public async Task Vectors_take_no_memory_before_their_pass()
    {
        const int Dimensions = 100_000;
        var gate = new ManualResetEventSlim();
        await using var embedder = Create(new SummingRunner { BeforePass = gate.Wait }, dimensions: Dimensions);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var waiting = embedder.EmbedAsync(Request([.. Enumerable.Range(1, 100)]), default);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * Dimensions);
        gate.Set();
        Assert.All((await waiting).Vectors, vector => Assert.Equal(Dimensions, vector.Length));
    }

    [Fact]
    public async Task What_is_wrong_with_an_input_names_it()
    {
        await using var embedder = Create(new SummingRunner());
        var tooLong = await embedder.EmbedAsync(new EmbeddingRequest { Id = "r", Inputs = [new TextPrompt("a"), new TextPrompt(new string('b', 40))] }, default);
        var invalid = await embedder.EmbedAsync(Request([1, 5000]), default);
        Assert.Equal((EngineErrorCode.ContextLengthExceeded, 1), (tooLong.Error!.Code, tooLong.FailedInput));
        Assert.Contains("40", tooLong.Error.Message, StringComparison.Ordinal);
        Assert.Equal((EngineErrorCode.InvalidToken, 1), (invalid.Error!.Code, invalid.FailedInput));
    }

    [Fact]
    public async Task Inputs_that_are_too_much_together_are_refused_and_none_is_computed()
    {
        var runner = new SummingRunner();
        await using var embedder = Create(runner);
        Prompt[] inputs = [new TextPrompt("abcdef"), new TokenPrompt([1, 2]), new TextPrompt("ghi"), new TextPrompt("j")];
        var refused = await embedder.EmbedAsync(new EmbeddingRequest { Id = "r", Inputs = inputs, MaxTokens = 10 }, default);
        Assert.Equal((EngineErrorCode.ContextLengthExceeded, null), (refused.Error!.Code, refused.FailedInput));
        Assert.Contains("3 of 4 inputs have 11 tokens together; at most 10", refused.Error.Message, StringComparison.Ordinal);
        Assert.Empty(runner.Passes);
        Assert.Equal(12, (await embedder.EmbedAsync(new EmbeddingRequest { Id = "r", Inputs = inputs, MaxTokens = 12 }, default)).Tokens);
    }

    [Fact]
    public async Task Without_a_native_side_every_request_is_told_why()
    {
        await using var embedder = new LocalTextEmbedder(
            new(1, 32, "mean"), new LetterTokenizer(), () => (null, "No room."), new(), "t", TimeProvider.System, NullLogger<LocalTextEmbedder>.Instance);
        for (var round = 0; round < 3; round++) Assert.Equal("No room.", (await embedder.EmbedAsync(Request([1]), default)).Error!.Message);
    }

    [Fact]
    public async Task Disposing_ends_what_waits_and_frees_the_native_side()
    {
        var gate = new ManualResetEventSlim();
        var runner = new SummingRunner { BeforePass = gate.Wait };
        var embedder = Create(runner);
        var waiting = embedder.EmbedAsync(Request([.. Enumerable.Range(1, 400)]), default);
        var disposing = embedder.DisposeAsync();
        gate.Set();
        await disposing;
        Assert.Equal(EngineErrorCode.EngineStopped, (await waiting).Error!.Code);
        Assert.True(runner.IsDisposed);
        Assert.Equal(EngineErrorCode.EngineStopped, (await embedder.EmbedAsync(Request([1]), default)).Error!.Code);
    }

    [Fact]
    public async Task An_input_without_a_vector_fails_its_own_request_only()
    {
        var gate = new ManualResetEventSlim();
        var runner = new SummingRunner { BeforePass = gate.Wait, BadToken = 13 };
        await using var embedder = Create(runner);
        var first = embedder.EmbedAsync(Request([1]), default);
        var bad = embedder.EmbedAsync(Request([2, 13, 3]), default);
        var good = embedder.EmbedAsync(Request([4, 5]), default);
        gate.Set();
        Assert.Equal((EngineErrorCode.DecodeFailed, 1), ((await bad).Error!.Code, (await bad).FailedInput));
        Assert.Equal([1f], (await first).Vectors.Select(vector => vector[0]));
        Assert.Equal([4f, 5f], (await good).Vectors.Select(vector => vector[0]));
    }

    [Fact]
    public async Task A_pass_over_several_inputs_is_smaller_than_one_over_a_long_input()
    {
        var runner = new SummingRunner { Capacity = new(4, 32, 1) { SharedTokens = 8 } };
        await using var embedder = Create(runner);
        int[][] inputs = [[1, 1, 1], [2, 2, 2], [3, 3, 3], [.. Enumerable.Repeat(4, 32)], [5], [6]];
        var outcome = await embedder.EmbedAsync(new EmbeddingRequest { Id = "r", Inputs = [.. inputs.Select(tokens => new TokenPrompt(tokens))] }, default);
        Assert.Equal([3f, 6f, 9f, 128f, 5f, 6f], outcome.Vectors.Select(vector => vector[0]));
        Assert.Equal([2, 1, 1, 2], runner.Passes);
    }

    /// <summary>Three requests in turn, of which the first two always fill what a shared pass has room for.</summary>
    [Fact]
    public async Task A_long_input_does_not_wait_for_all_the_short_ones_of_others()
    {
        var gate = new ManualResetEventSlim();
        var runner = new SummingRunner { Capacity = new(4, 32, 1) { SharedTokens = 6 }, BeforePass = gate.Wait };
        await using var embedder = Create(runner);
        EmbeddingRequest Pairs(int token) => new() { Id = "r", Inputs = [.. Enumerable.Range(0, 30).Select(_ => new TokenPrompt([token, token]))] };
        var first = embedder.EmbedAsync(Pairs(1), default);
        var second = embedder.EmbedAsync(Pairs(2), default);
        var third = embedder.EmbedAsync(new EmbeddingRequest { Id = "r", Inputs = [new TokenPrompt([.. Enumerable.Repeat(3, 20)])] }, default);
        gate.Set();
        await Task.WhenAll(first, second, third);
        Assert.Equal(60f, (await third).Vectors[0][0]);
        Assert.InRange(runner.Passes.IndexOf(1), 0, 3);
    }

    [Fact]
    public async Task A_broken_embedder_says_so_for_good()
    {
        await using var embedder = Create(new SummingRunner { Outcome = DecodeStatus.Fatal });
        Assert.True(embedder.IsHealthy);
        await embedder.EmbedAsync(Request([1]), default);
        await Until.TrueAsync(() => !embedder.IsHealthy);
        Assert.Equal(EngineErrorCode.DecodeFailed, (await embedder.EmbedAsync(Request([1]), default)).Error!.Code);
        Assert.Contains("internal error", (await embedder.EmbedAsync(Request([1]), default)).Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_pass_fails_the_requests_in_it_and_no_later_one()
    {
        var runner = new SummingRunner { Outcome = DecodeStatus.InvalidBatch };
        await using var embedder = Create(runner);
        Assert.Equal(EngineErrorCode.DecodeFailed, (await embedder.EmbedAsync(Request([1]), default)).Error!.Code);
        runner.Outcome = DecodeStatus.Ok;
        Assert.Null((await embedder.EmbedAsync(Request([1]), default)).Error);
    }

    private static LocalTextEmbedder Create(SummingRunner runner, EmbedderOptions? options = null, int dimensions = 1) => new(
        new(dimensions, 32, "mean"), new LetterTokenizer(), () => (runner, null), options ?? new(), "t", TimeProvider.System, NullLogger<LocalTextEmbedder>.Instance);

    private static EmbeddingRequest Pairs(int count) => new() { Id = "r", Inputs = [.. Enumerable.Repeat(new TokenPrompt([1, 2]), count)] };

    private static async Task<EmbeddingOutcome> EmbedWhenThereIsRoomAsync(LocalTextEmbedder embedder, EmbeddingRequest request)
    {
        EmbeddingOutcome outcome = null!;
        await Until.TrueAsync(async () => (outcome = await embedder.EmbedAsync(request, default)).Error?.Code != EngineErrorCode.QueueFull);
        return outcome;
    }

    private static EmbeddingRequest Request(int[] tokens) => new() { Id = "r", Inputs = [.. tokens.Select(token => new TokenPrompt([token]))] };

    /// <summary>The vector of an input is the sum of its tokens.</summary>
    private sealed class SummingRunner : IEmbeddingRunner
    {
        private int begun;

        public EmbeddingCapacity Capacity { get; init; } = new(4, 32, 1);

        public List<int> Passes { get; } = [];

        /// <summary>Passes that were begun.</summary>
        public int Begun => Volatile.Read(ref begun);

        public Action? BeforePass { get; init; }

        public DecodeStatus Outcome { get; set; } = DecodeStatus.Ok;

        public int? BadToken { get; init; }

        public bool IsDisposed { get; private set; }

        public DecodeStatus Compute(IReadOnlyList<int[]> inputs, IReadOnlyList<float[]> vectors, ICollection<int> unusable)
        {
            unusable.Clear();
            Interlocked.Increment(ref begun);
            BeforePass?.Invoke();
            Assert.InRange(inputs.Count, 1, Capacity.Inputs);
            Assert.InRange(inputs.Sum(input => input.Length), 1, Capacity.BatchTokens);
            Passes.Add(inputs.Count);
            for (var at = 0; at < inputs.Count; at++) vectors[at][0] = inputs[at].Sum();
            for (var at = 0; at < inputs.Count; at++)
            {
                if (BadToken is { } token && inputs[at].Contains(token)) unusable.Add(at);
            }

            return Outcome;
        }

        public void Dispose() => IsDisposed = true;
    }
}
