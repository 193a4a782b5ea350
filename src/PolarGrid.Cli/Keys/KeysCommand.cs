using System.CommandLine;
using System.Data.Common;
using PolarGrid.Edge;
using PolarGrid.Edge.Auth;

namespace PolarGrid.Cli.Keys;

/// <summary><c>polargrid keys</c>: makes, lists, limits and revokes API keys, and shows what they used, in this machine's data folder.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Make, list, limit and revoke the API keys of this machine's server, and show what they have used.")
    {
        CreateKey(), ListKeys(), LimitKey(), RevokeKey(), UsageCommand.Create(WithKeys),
    };

    private static Command CreateKey()
    {
        var name = new Argument<string>("name") { Description = "Whose key it is, for people; 1 to 100 characters." };
        var permission = new Option<KeyPermission>("--permission")
        {
            Description = "ReadOnly for inference, ReadWrite also to load and unload models, Admin also for keys.",
            DefaultValueFactory = _ => KeyPermission.ReadWrite,
        };
        var profile = new Option<string>("--profile")
        {
            Description = $"Whose defaults its requests follow unless they say otherwise: {string.Join(", ", ApiProfile.All.Select(known => known.Name))}; "
                + "the server's own setting when absent.",
        };
        profile.AcceptOnlyFromAmong([.. ApiProfile.All.Select(known => known.Name)]);
        var rate = new Option<string>("--requests-per-minute")
        {
            Description = $"Most inference requests in a minute: {RateArgument.Form}.",
            HelpName = "N",
            DefaultValueFactory = _ => RateArgument.Default,
        };
        var command = new Command("create", "Make a key and show it once.") { name, permission, profile, rate };
        command.SetAction(parsed => WithKeys(keys =>
        {
            var label = parsed.GetRequiredValue(name);
            if (string.IsNullOrWhiteSpace(label) || label.Length > 100)
            {
                return Terminal.Fail($"The name is blank or has {label.Length} characters; give 1 to 100, not only spaces.");
            }

            if (!RateArgument.TryRead(parsed.GetRequiredValue(rate), out var limit)) return BadRate("--requests-per-minute", parsed.GetRequiredValue(rate));
            Console.WriteLine(keys.Create(label, parsed.GetValue(permission), ApiProfile.Find(parsed.GetValue(profile) ?? ""), limit).Key);
            return Terminal.Success;
        }));
        return command;
    }

    private static Command ListKeys()
    {
        var command = new Command("list", "Show all keys by id; their text is not kept.");
        command.SetAction(_ => WithKeys(keys =>
        {
            foreach (var key in keys.List())
            {
                var state = key.Revoked is { } when ? $"revoked {when:u}" : "active";
                Console.WriteLine($"{key.Id}  …{key.LastFour}  {key.Permission,-9}  {key.Profile?.Name ?? "-",-9}  {RateArgument.Show(key.RequestsPerMinute),7}/min  {key.Created:u}  {state}  {key.Name}");
            }

            return Terminal.Success;
        }));
        return command;
    }

    private static Command LimitKey()
    {
        var id = new Argument<string>("id") { Description = "As 'polargrid keys list' shows it." };
        var rate = new Argument<string>("requests-per-minute") { Description = $"Most inference requests in a minute: {RateArgument.Form}." };
        var command = new Command("limit", "Say how much a key may ask for. A running server notices within half a minute.") { id, rate };
        command.SetAction(parsed => WithKeys(keys =>
            !RateArgument.TryRead(parsed.GetRequiredValue(rate), out var limit) ? BadRate("The limit", parsed.GetRequiredValue(rate))
            : keys.LimitRequests(parsed.GetRequiredValue(id), limit) ? Terminal.Success
            : NoSuchKey(parsed.GetRequiredValue(id))));
        return command;
    }

    private static Command RevokeKey()
    {
        var id = new Argument<string>("id") { Description = "As 'polargrid keys list' shows it." };
        var command = new Command("revoke", "End a key. A running server notices within half a minute.") { id };
        command.SetAction(parsed => WithKeys(keys => keys.Revoke(parsed.GetRequiredValue(id))
            ? Terminal.Success
            : NoSuchKey(parsed.GetRequiredValue(id))));
        return command;
    }

    private static int NoSuchKey(string id) => Terminal.Fail($"There is no active key with the id {id}.");

    private static int BadRate(string what, string text) => Terminal.Fail($"{what} is '{text}'; give {RateArgument.Form}.");

    private static int WithKeys(Func<IKeyDirectory, int> work)
    {
        try
        {
            var keys = SqliteKeyDirectory.Open(DataHome.Folder, TimeProvider.System);
            using (keys as IDisposable)
            {
                return work(keys);
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or InvalidOperationException or DbException)
        {
            return Terminal.Fail($"The data folder {DataHome.Folder} cannot be used: {failed.Message}");
        }
    }
}
