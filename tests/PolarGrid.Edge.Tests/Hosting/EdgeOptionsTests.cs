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
        options.Limits.RequestsPerMinute = -1;
        options.Usage.MaxWaiting = 0;
        options.Usage.RecordsKeptDays = 4000;
        options.Limits.MaxBodyBytes = 1;
        options.Streaming.KeepAliveSeconds = 0;

        var failures = Should.Throw<OptionsValidationException>(() => new ServiceCollection().AddPolarGridEdge(options)).Failures;

        failures.ShouldBe(
        [
            "DataFolder is empty; it must name a folder.",
            "Limits.RequestsPerMinute is -1; it must be between 0 and 1000000.",
            "Usage.RecordsKeptDays is 4000; it must be between 1 and 3650.",
            "Usage.MaxWaiting is 0; it must be between 1 and 1000000.",
            "Limits.MaxBodyBytes is 1; it must be between 1024 and 1073741824.",
            "Streaming.KeepAliveSeconds is 0; it must be between 1 and 600.",
        ]);
    }
}
