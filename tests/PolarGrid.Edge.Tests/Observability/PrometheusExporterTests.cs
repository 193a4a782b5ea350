using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Observability;
using Shouldly;

namespace PolarGrid.Edge.Tests.Observability;

public sealed class PrometheusExporterTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().AddSingleton<PrometheusExporter>().BuildServiceProvider();
    private readonly PrometheusExporter exporter;
    private readonly Meter meter;

    public PrometheusExporterTests()
    {
        exporter = services.GetRequiredService<PrometheusExporter>();
        meter = services.GetRequiredService<IMeterFactory>().Create("PolarGrid.Test");
    }

    [Fact]
    public void Histogram_is_cumulative_and_ends_at_infinity()
    {
        var histogram = meter.CreateHistogram<int>(
            "polargrid.step", "{token}", "Tokens.", null, new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 4] });
        foreach (var value in new[] { 1, 2, 4, 5 }) histogram.Record(value);

        Render().ShouldBe(
            """
            # HELP polargrid_step Tokens.
            # TYPE polargrid_step histogram
            polargrid_step_bucket{le="1"} 1
            polargrid_step_bucket{le="4"} 3
            polargrid_step_bucket{le="+Inf"} 4
            polargrid_step_sum 12
            polargrid_step_count 4

            """);
    }

    [Fact]
    public void Labels_and_help_are_escaped()
    {
        meter.CreateCounter<long>("polargrid.odd-name", null, "A \\ and\na line.").Add(2, new KeyValuePair<string, object?>("a.b", "x\"y\\z\n"));

        Render().ShouldBe(
            """
            # HELP polargrid_odd_name_total A \\ and\na line.
            # TYPE polargrid_odd_name_total counter
            polargrid_odd_name_total{a_b="x\"y\\z\n"} 2

            """);
    }

    [Fact]
    public void Observed_series_disappear_with_what_they_observed()
    {
        var models = new List<string> { "one", "two" };
        meter.CreateObservableGauge("polargrid.loaded", () => models.Select(name => new Measurement<int>(1, new KeyValuePair<string, object?>("model", name))));
        Render().ShouldContain("model=\"two\"");

        models.Remove("two");

        Render().ShouldNotContain("model=\"two\"");
    }

    [Fact]
    public void Endless_label_values_do_not_eat_the_memory()
    {
        var counter = meter.CreateCounter<long>("polargrid.wild");
        for (var value = 0; value < 5000; value++) counter.Add(1, new KeyValuePair<string, object?>("v", value));

        var lines = Render().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1003);
        lines[^1].ShouldBe("polargrid_wild_total{overflow=\"true\"} 4000");
    }

    [Fact]
    public void Meters_of_others_are_left_out()
    {
        services.GetRequiredService<IMeterFactory>().Create("Someone.Else").CreateCounter<long>("theirs").Add(1);
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().Create("PolarGrid.Test").CreateCounter<long>("elsewhere").Add(1);

        Render().ShouldBe("");
    }

    public void Dispose() => services.Dispose();

    /// <summary>Meters without an owner, which other tests may make at the same time, are left out.</summary>
    private string Render() => string.Concat(
        exporter.Render().Split('\n').Where(line => !line.Contains("polargrid_engine", StringComparison.Ordinal)).Select(line => line + "\n"))[..^1];
}
