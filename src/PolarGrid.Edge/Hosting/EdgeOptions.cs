using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Limits;
using PolarGrid.Edge.Speech;
using PolarGrid.Edge.Streaming;
using PolarGrid.Edge.Transcription;

namespace PolarGrid.Edge;

/// <summary>Settings of one edge. All are fixed at start and checked there.</summary>
public sealed class EdgeOptions
{
    /// <summary>Holds the key database and the pepper; created with mode 0700 when missing.</summary>
    public required string DataFolder { get; set; }

    /// <summary>Applies where a request names no profile.</summary>
    public ApiProfile Profile { get; set; } = ApiProfile.PolarGrid;

    /// <summary>Shown by <c>/health</c>, which anyone may read: 1 to 64 characters.</summary>
    public string NodeName { get; set; } = "local";

    /// <summary>Where this edge stands; answers tell it as <c>pg_metadata.region</c>: 1 to 64 characters.</summary>
    public string Region { get; set; } = "local";

    /// <summary>Whether a field of unknown name is refused with 400 instead of counted and ignored.</summary>
    public bool RejectUnknownParameters { get; set; }

    /// <summary>Whether callers may send grammars of their own (<c>grammar</c>, <c>guided_grammar</c>); refused by name otherwise.</summary>
    public bool AllowGrammar { get; set; }

    public EdgeLimits Limits { get; } = new();

    public UsageOptions Usage { get; } = new();

    public StreamingOptions Streaming { get; } = new();

    public SpeechLimits Speech { get; } = new();

    public TranscriptionOptions Transcription { get; } = new();
}
