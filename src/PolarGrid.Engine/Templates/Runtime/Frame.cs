namespace PolarGrid.Engine.Templates.Runtime;

/// <summary>The names that one loop, macro or block introduced. The outermost frame of a rendering holds one slot per symbol.</summary>
internal sealed class Frame
{
    private readonly Frame? _outer;
    private int[] _symbols = [];
    private TemplateValue?[] _values;
    private int _count;

    public Frame(Frame outer)
    {
        _outer = outer;
        _values = [];
    }

    public Frame(TemplateValue?[] root) => _values = root;

    /// <summary>True once a macro refers to it; its names must then outlive the iteration.</summary>
    public bool IsCaptured { get; private set; }

    public void Capture()
    {
        for (var frame = this; frame is { IsCaptured: false }; frame = frame._outer) frame.IsCaptured = true;
    }

    public TemplateValue? Find(int symbol)
    {
        var frame = this;
        while (frame._outer is not null)
        {
            var place = frame._symbols.AsSpan(0, frame._count).IndexOf(symbol);
            if (place >= 0) return frame._values[place];
            frame = frame._outer;
        }

        return frame._values[symbol];
    }

    public void Set(int symbol, TemplateValue value)
    {
        if (_outer is null)
        {
            _values[symbol] = value;
            return;
        }

        var place = _symbols.AsSpan(0, _count).IndexOf(symbol);
        if (place < 0)
        {
            place = _count++;
            if (place == _symbols.Length)
            {
                Array.Resize(ref _symbols, Math.Max(4, place * 2));
                Array.Resize(ref _values, _symbols.Length);
            }

            _symbols[place] = symbol;
        }

        _values[place] = value;
    }

    public void Clear() => _count = 0;
}
