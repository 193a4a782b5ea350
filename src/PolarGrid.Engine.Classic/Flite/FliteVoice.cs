using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Classic.Flite;

/// <summary>A registered voice. It lives as long as the process.</summary>
/// <param name="Description">What callers see.</param>
/// <param name="Address">Of the library's voice; only read.</param>
/// <param name="DurationStretch">How much slower than its recordings it speaks at speed 1.</param>
internal sealed record FliteVoice(Voice Description, nint Address, float DurationStretch);
