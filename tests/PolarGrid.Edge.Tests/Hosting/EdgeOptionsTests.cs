using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;

namespace PolarGrid.Edge.Tests.Hosting;

public sealed class EdgeOptionsTests
{
    [Fact]
    public void Start_names_every_setting_that_is_out_of_range()
    {
        var options = new EdgeOptions { DataFolder = " " };
        options.Limits.MaxBodyBytes = 1;
        options.Streaming.KeepAliveSeconds = 0;

        var failures = Should.Throw<OptionsValidationException>(() => new ServiceCollection().AddPolarGridEdge(options)).Failures;

        failures.ShouldBe(
        [
            "DataFolder is empty; it must name a folder.",
            "Limits.MaxBodyBytes is 1; it must be between 1024 and 1073741824.",
            "Streaming.KeepAliveSeconds is 0; it must be between 1 and 600.",
        ]);
    }
}
