namespace PolarGrid.Edge.Requests;

/// <summary>What the server does with a field it knows (wire format section 3).</summary>
internal enum ParameterAction
{
    /// <summary>H: it shapes the answer.</summary>
    Honoured,

    /// <summary>I: checked, then without effect.</summary>
    Accepted,

    /// <summary>X: refused by name, apart from values that ask for nothing.</summary>
    Refused,
}
