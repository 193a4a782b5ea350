namespace PolarGrid.Audio.Encoders;

/// <summary>When an encoder's bytes come out.</summary>
public enum AudioDelivery
{
    /// <summary>All at <see cref="AudioEncoder.Finish"/>; headers state the true length.</summary>
    Whole,

    /// <summary>As soon as they are made; headers say that the length is not known, in the way that players accept.</summary>
    Streamed,
}
