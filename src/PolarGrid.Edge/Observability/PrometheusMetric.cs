using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace PolarGrid.Edge.Observability;

/// <summary>One instrument and its values, one series per label set.</summary>
internal sealed class PrometheusMetric
{
    /// <summary>More label sets than this share one series labelled <c>overflow</c>: a mistake in labels must not eat the memory.</summary>
    private const int MostSeries = 1000;

    private static readonly double[] DefaultBounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60];
    private static readonly KeyValuePair<string, object?>[] Overflow = [new("overflow", "true")];

    private readonly Lock gate = new();
    private readonly string name;
    private readonly string help;
    private readonly string type;
    private readonly bool adds;
    private readonly double[]? bounds;
    private readonly bool observed;
    private readonly List<Series> all = [];

    public PrometheusMetric(Instrument instrument)
    {
        var kind = KindOf(instrument);
        type = kind switch { "Counter" or "ObservableCounter" => "counter", "Histogram" => "histogram", _ => "gauge" };
        adds = kind is "Counter" or "UpDownCounter";
        bounds = type == "histogram" ? BoundsOf(instrument) : null;
        observed = instrument.IsObservable;
        name = PrometheusText.Name(instrument.Name, instrument.Unit, type == "counter");
        help = PrometheusText.Help(instrument.Description ?? "");
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (gate)
        {
            var series = Find(tags);
            if (bounds is null) series.Value = adds ? series.Value + value : value;
            else series.Observe(bounds, value);
        }
    }

    /// <summary>Observed values are read anew each time; a series whose model is gone must not stay.</summary>
    public void ForgetIfObserved()
    {
        if (!observed) return;
        lock (gate) all.Clear();
    }

    public void Render(StringBuilder text)
    {
        lock (gate)
        {
            if (all.Count == 0) return;
            text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
            foreach (var series in all)
            {
                if (bounds is null) Line(text, "", series.Labels, "", series.Value);
                else RenderHistogram(text, series, bounds);
            }
        }
    }

    private void RenderHistogram(StringBuilder text, Series series, double[] limits)
    {
        long cumulative = 0;
        for (var index = 0; index <= limits.Length; index++)
        {
            cumulative += series.Buckets![index];
            var limit = index == limits.Length ? "+Inf" : limits[index].ToString(CultureInfo.InvariantCulture);
            Line(text, "_bucket", series.Labels, $"le=\"{limit}\"", cumulative);
        }

        Line(text, "_sum", series.Labels, "", series.Value);
        Line(text, "_count", series.Labels, "", cumulative);
    }

    private void Line(StringBuilder text, string suffix, string labels, string extra, double value)
    {
        text.Append(name).Append(suffix);
        var separator = labels.Length > 0 && extra.Length > 0 ? "," : "";
        if (labels.Length + extra.Length > 0) text.Append('{').Append(labels).Append(separator).Append(extra).Append('}');
        text.Append(' ').Append(PrometheusText.Number(value)).Append('\n');
    }

    private Series Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var series in all)
        {
            if (series.Has(tags)) return series;
        }

        if (all.Count > MostSeries) return all[MostSeries];
        var added = new Series(all.Count == MostSeries ? Overflow : tags.ToArray(), bounds?.Length + 1);
        all.Add(added);
        return added;
    }

    private static string KindOf(Instrument instrument)
    {
        var generic = instrument.GetType().Name;
        var mark = generic.IndexOf('`', StringComparison.Ordinal);
        return mark < 0 ? generic : generic[..mark];
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Instrument<double> { Advice.HistogramBucketBoundaries: { } doubles } => [.. doubles],
        Instrument<long> { Advice.HistogramBucketBoundaries: { } longs } => [.. longs.Select(bound => (double)bound)],
        Instrument<int> { Advice.HistogramBucketBoundaries: { } ints } => [.. ints.Select(bound => (double)bound)],
        _ => DefaultBounds,
    };

    private sealed class Series(KeyValuePair<string, object?>[] tags, int? buckets)
    {
        public string Labels { get; } = PrometheusText.Labels(tags);

        /// <summary>The value, or the sum of a histogram.</summary>
        public double Value { get; set; }

        public long[]? Buckets { get; } = buckets is { } count ? new long[count] : null;

        public void Observe(double[] bounds, double value)
        {
            var index = Array.BinarySearch(bounds, value);
            Buckets![index < 0 ? ~index : index]++;
            Value += value;
        }

        public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> others)
        {
            if (others.Length != tags.Length) return false;
            for (var index = 0; index < tags.Length; index++)
            {
                if (others[index].Key != tags[index].Key || !Equals(others[index].Value, tags[index].Value)) return false;
            }

            return true;
        }
    }
}
