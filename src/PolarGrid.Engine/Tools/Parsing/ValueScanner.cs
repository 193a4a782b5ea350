namespace PolarGrid.Engine.Tools.Parsing;

/// <summary>Finds the end of one JSON value, byte by byte. Begins at the value's first byte.</summary>
internal struct ValueScanner
{
    private int depth;
    private bool inText;
    private bool escaped;
    private bool plain;

    public ValueStep Next(byte value)
    {
        if (inText) return NextInText(value);
        switch (value)
        {
            case (byte)'"' when !plain:
                inText = true;
                return ValueStep.Inside;
            case (byte)'{' or (byte)'[' when !plain:
                depth++;
                return ValueStep.Inside;
            case (byte)'}' or (byte)']' when depth > 0:
                return --depth == 0 ? ValueStep.Last : ValueStep.Inside;
            default:
                if (depth > 0) return ValueStep.Inside;
                if (value is (byte)',' or (byte)'}' or (byte)']' or (byte)':' || Answers.Markers.IsSpace(value)) return ValueStep.Behind;
                plain = true;
                return ValueStep.Inside;
        }
    }

    private ValueStep NextInText(byte value)
    {
        if (escaped)
        {
            escaped = false;
        }
        else if (value == '\\')
        {
            escaped = true;
        }
        else if (value == '"')
        {
            inText = false;
            return depth == 0 ? ValueStep.Last : ValueStep.Inside;
        }

        return ValueStep.Inside;
    }
}

/// <summary>Where a byte stands.</summary>
internal enum ValueStep
{
    Inside,

    /// <summary>It is the value's last byte.</summary>
    Last,

    /// <summary>The value ended before it.</summary>
    Behind,
}
