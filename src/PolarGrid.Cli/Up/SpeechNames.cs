namespace PolarGrid.Cli.Up;

/// <summary>
/// Gives out the names of one kind of speech models. A name goes to the operator's <c>--alias</c> first, then to the model that asks for
/// it, the earlier one first; what OpenAI's clients ask for and nobody has claimed goes to the first model.
/// </summary>
internal sealed class SpeechNames
{
    private readonly Queue<IReadOnlyList<string>?> names = new();
    private readonly List<string> notes = [];

    /// <param name="operators">Of all kinds of models.</param>
    /// <param name="usual">For the first model.</param>
    /// <param name="models">In order, with the names that they ask for.</param>
    public SpeechNames(IReadOnlyList<AliasArgument> operators, string[] usual, IReadOnlyList<(string Id, IReadOnlyList<string> Wanted)> models)
    {
        var owners = new Dictionary<string, string>();
        foreach (var (id, _) in models) owners.TryAdd(id, id);
        foreach (var alias in operators) owners.TryAdd(alias.Name, alias.Model);
        foreach (var (id, wanted) in models)
        {
            foreach (var name in wanted.Where(name => !owners.TryAdd(name, id) && owners[name] != id))
            {
                notes.Add($"the name '{name}' for '{id}': '{owners[name]}' has it.");
            }
        }

        if (models.Count > 0)
        {
            foreach (var name in usual) owners.TryAdd(name, models[0].Id);
        }

        HashSet<string> served = [];
        foreach (var (id, _) in models)
        {
            var isNew = served.Add(id);
            if (!isNew) notes.Add($"a second model '{id}': every model needs a name of its own.");
            names.Enqueue(isNew ? [.. owners.Where(owner => owner.Value == id && owner.Key != id).Select(owner => owner.Key)] : null);
        }
    }

    /// <summary>What could not be given.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>The further names of the next model; null when the model cannot be served because its own name is taken.</summary>
    public IReadOnlyList<string>? Next() => names.Dequeue();
}
