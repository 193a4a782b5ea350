namespace PolarGrid.Engine.Sherpa.Checks;

/// <summary>Checks Silero's detectors: sherpa-onnx 1.13.8 knows three layouts by the names of inputs and outputs (<c>silero-vad-model.cc</c>).</summary>
internal static class DetectorChecks
{
    // Version 5 hears 64 samples of the window before.
    private const int Context = 64;

    public static DetectorFacts Silero(ModelFiles files)
    {
        var model = files.Onnx("model");
        var inputs = string.Join(' ', model.Inputs.Select(input => input.Name));
        var outputs = string.Join(' ', model.Outputs.Select(output => output.Name));
        return (inputs, outputs) switch
        {
            ("x h c", "prob new_h new_c") => new DetectorFacts(0),
            ("input sr h c", "output hn cn") => new DetectorFacts(0),
            ("input state sr", "output stateN") => new DetectorFacts(Context),
            _ => throw new ModelFault($"{model.File} takes '{inputs}' and gives '{outputs}'; it is no Silero detector of version 4 or 5."),
        };
    }
}
