namespace PolarGrid.EndToEnd.Running;

/// <summary>A test that opens a page in Chromium; skipped with a sentence where there is none.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.Program is null
        ? "No Chromium in the path: install the package 'chromium' to see pages in a browser."
        : TestModel.Missing;
}
