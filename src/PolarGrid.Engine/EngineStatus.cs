namespace PolarGrid.Engine;

/// <summary>What an engine is doing right now.</summary>
/// <param name="Healthy">False once the loop has stopped for good.</param>
/// <param name="Running">Sequences in prefill or decode.</param>
/// <param name="Waiting">Sequences in the queue.</param>
/// <param name="Warm">Finished sequences whose KV cells are kept for reuse.</param>
/// <param name="KvUsed">Occupied KV cells, shared ones counted once.</param>
/// <param name="KvCapacity">All KV cells.</param>
public sealed record EngineStatus(bool Healthy, int Running, int Waiting, int Warm, int KvUsed, int KvCapacity);
