using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using PolarGrid.LoadBench.Speech;
using PolarGrid.LoadBench.Transcription;

namespace PolarGrid.LoadBench.Peers;

/// <summary>
/// sherpa-onnx's own Node binding as a program that stays: it loads the model once and answers line by line. It takes the times itself, so
/// they hold only its own calls.
/// </summary>
internal sealed class SherpaProgram : ISpeaker, IListener, IDisposable
{
    private readonly Process _process;
    private readonly string _recording = Path.GetTempFileName();

    private SherpaProgram(Process process) => _process = process;

    public string Name => "sherpa-onnx";

    public int ProcessId => _process.Id;

    public bool StartsEachTime => false;

    /// <param name="folder">Where its packages and <c>peer.mjs</c> are.</param>
    /// <param name="kind"><c>voice</c> or <c>recogniser</c>.</param>
    /// <param name="model">A folder with model.onnx and tokens.txt.</param>
    /// <param name="threads">That the model computes with.</param>
    /// <param name="cancellationToken">Ends the wait for the model.</param>
    public static async Task<SherpaProgram> StartAsync(string folder, string kind, string model, int threads, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException($"{folder} has no node_modules; run 'npm ci --ignore-scripts' there, or name another folder with --peer.");
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "peer.mjs"), kind, model, $"{threads}"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var program = new SherpaProgram(Process.Start(start) ?? throw new Win32Exception("node did not start."));
        try
        {
            await program.ReadAsync(cancellationToken);
            return program;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    public async Task<SpokenAnswer> SpeakAsync(string text, CancellationToken cancellationToken)
    {
        var answer = await AskAsync("text", text, cancellationToken);
        return new SpokenAnswer(null, answer.GetProperty("ms").GetDouble(), answer.GetProperty("seconds").GetDouble());
    }

    public async Task<HeardAnswer> HearAsync(byte[] wav, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(_recording, WithLengths(wav), cancellationToken);
        var answer = await AskAsync("file", _recording, cancellationToken);
        return new HeardAnswer(answer.GetProperty("text").GetString()!.Trim(), answer.GetProperty("ms").GetDouble());
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        File.Delete(_recording);
    }

    /// <summary>The same file, but its header says how long it is even if it was streamed.</summary>
    private static byte[] WithLengths(byte[] wav)
    {
        byte[] whole = [.. wav];
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(4), whole.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(SpokenAnswer.HeaderBytes - 4), whole.Length - SpokenAnswer.HeaderBytes);
        return whole;
    }

    private async Task<JsonElement> AskAsync(string field, string value, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync($$"""{"{{field}}":"{{JsonEncodedText.Encode(value)}}"}""".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    private async Task<JsonElement> ReadAsync(CancellationToken cancellationToken)
    {
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("sherpa-onnx's binding ended.");
        using var answer = JsonDocument.Parse(line);
        return answer.RootElement.Clone();
    }
}
