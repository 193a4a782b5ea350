namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>The families of models that are served, by what their files look like.</summary>
public enum SherpaKind
{
    /// <summary>Voice: VITS, Piper's among them.</summary>
    Vits,

    /// <summary>Voice: Kokoro.</summary>
    Kokoro,

    /// <summary>Voice: Matcha with a vocoder.</summary>
    Matcha,

    /// <summary>Recogniser: Whisper.</summary>
    Whisper,

    /// <summary>Recogniser: Moonshine, with four files or with a merged decoder.</summary>
    Moonshine,

    /// <summary>Recogniser: CTC models of NeMo.</summary>
    NemoCtc,

    /// <summary>Recogniser: transducers of NeMo (Parakeet) and of icefall (zipformer); the encoder says which.</summary>
    Transducer,

    /// <summary>Recogniser: zipformer with CTC.</summary>
    ZipformerCtc,

    /// <summary>Voice activity detector: Silero.</summary>
    Vad,
}
