namespace PolarGrid.LoadBench.Client;

/// <summary>Finds the <c>data:</c> lines of a server-sent event stream in its bytes, without strings. Others are passed over.</summary>
/// <remarks>Each event of a chat stream is one line, so events are not assembled from several.</remarks>
internal sealed class EventStreamReader(Stream stream)
{
    private const int LongestLine = 4 << 20;

    private byte[] _buffer = new byte[16 << 10];
    private int _start;
    private int _end;

    /// <summary>Reads what has arrived. False at the end of the stream.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= LongestLine) throw new InvalidDataException($"An event is longer than {LongestLine} bytes.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        return count > 0;
    }

    /// <param name="data">The next line's value; valid until the next call of <see cref="FillAsync"/>.</param>
    public bool TryRead(out ReadOnlySpan<byte> data)
    {
        while (true)
        {
            var rest = _buffer.AsSpan(_start.._end);
            var length = rest.IndexOf((byte)'\n');
            if (length < 0)
            {
                data = default;
                return false;
            }

            _start += length + 1;
            var line = rest[..length];
            if (!line.StartsWith("data:"u8)) continue;
            data = line[5..].Trim(" \r"u8);
            return true;
        }
    }
}
