using System.Diagnostics.Metrics;
using System.Text;

namespace PolarGrid.Edge.Observability;

/// <summary>
/// Keeps the values of all meters named <c>PolarGrid.*</c> and renders them as Prometheus text. Recording allocates nothing once a
/// label set is known.
/// </summary>
internal sealed class PrometheusExporter : IDisposable
{
    private const string MeterPrefix = "PolarGrid.";
    private readonly Lock gate = new();
    private readonly List<PrometheusMetric> metrics = [];
    private readonly MeterListener listener = new();
    private readonly IMeterFactory factory;

    public PrometheusExporter(IMeterFactory factory)
    {
        this.factory = factory;
        listener.InstrumentPublished = Add;
        listener.SetMeasurementEventCallback<byte>(static (_, value, tags, metric) => Record(metric, value, tags));
        listener.SetMeasurementEventCallback<short>(static (_, value, tags, metric) => Record(metric, value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, metric) => Record(metric, value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, metric) => Record(metric, value, tags));
        listener.SetMeasurementEventCallback<float>(static (_, value, tags, metric) => Record(metric, value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, metric) => Record(metric, value, tags));
        listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, metric) => Record(metric, (double)value, tags));
        listener.Start();
    }

    public string Render()
    {
        lock (gate)
        {
            foreach (var metric in metrics) metric.ForgetIfObserved();
            listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var metric in metrics) metric.Render(text);
            return text.ToString();
        }
    }

    public void Dispose() => listener.Dispose();

    /// <summary>Meters of this application, or of nobody in particular: other servers in the same process keep theirs.</summary>
    private void Add(Instrument instrument, MeterListener target)
    {
        var scope = instrument.Meter.Scope;
        if (!instrument.Meter.Name.StartsWith(MeterPrefix, StringComparison.Ordinal) || (scope is not null && scope != factory)) return;
        var metric = new PrometheusMetric(instrument);
        lock (gate) metrics.Add(metric);
        target.EnableMeasurementEvents(instrument, metric);
    }

    private static void Record(object? metric, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((PrometheusMetric)metric!).Record(value, tags);
}
