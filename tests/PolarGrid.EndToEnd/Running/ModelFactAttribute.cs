namespace PolarGrid.EndToEnd.Running;

/// <summary>A test that needs a model; skipped with a sentence when there is none.</summary>
internal sealed class ModelFactAttribute : FactAttribute
{
    public ModelFactAttribute() => Skip = TestModel.Missing;
}
