namespace PolarGrid.Engine.Sherpa;

/// <summary>Ends the inspection of a model. Never leaves this project: <see cref="Models.SherpaModel"/> turns it into a sentence.</summary>
internal sealed class ModelFault(string message) : Exception(message);
