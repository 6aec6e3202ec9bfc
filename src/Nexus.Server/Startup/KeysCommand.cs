using System.CommandLine;
using System.Globalization;
using Nexus.Auth;

namespace Nexus.Server.Startup;

/// <summary><c>keys list</c> and <c>keys rotate</c>.</summary>
internal static class KeysCommand
{
    public static Command Create(Option<string?> data)
    {
        var list = new Command("list", "Show the keys that tokens are signed with");
        list.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(data), ListAsync, cancellationToken));

        var atOnce = new Option<bool>("--at-once")
        {
            Description = "For a key that has leaked: sign with the new one now and drop the others. Every access token ends; clients refresh.",
        };
        var rotate = new Command("rotate", "Make a new key; it signs once everybody can know it, and the old one goes when its last token is dead")
        {
            atOnce,
        };
        rotate.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(data), (keys, token) => RotateAsync(keys, parsed.GetValue(atOnce), token), cancellationToken));
        return new Command("keys", "The keys that tokens are signed with") { list, rotate };
    }

    private static async Task ListAsync(SigningKeys keys, CancellationToken cancellationToken)
    {
        foreach (var key in await keys.ListAsync(cancellationToken)) await Console.Out.WriteLineAsync(Describe(key));
    }

    private static async Task RotateAsync(SigningKeys keys, bool atOnce, CancellationToken cancellationToken)
    {
        await keys.RotateAsync(atOnce, cancellationToken);
        await ListAsync(keys, cancellationToken);
    }

    private static string Describe(SigningKeyInfo key) => string.Create(
        CultureInfo.InvariantCulture,
        $"{key.Generation,3}  {key.KeyId}  {key.Algorithm}  {key.State.ToString().ToLowerInvariant(),-9}{Times(key)}");

    private static string Times(SigningKeyInfo key) => key switch
    {
        { State: SigningKeyState.Announced } => string.Create(CultureInfo.InvariantCulture, $"  signs from {key.SignsFrom:u}"),
        { DeadFrom: { } end } => string.Create(CultureInfo.InvariantCulture, $"  published until {end:u}"),
        _ => "",
    };

    private static Task<int> RunAsync(
        string? data, Func<SigningKeys, CancellationToken, Task> action, CancellationToken cancellationToken) => AdminCommand.RunAsync(
            data,
            (services, settings) => services.AddNexusAccessTokens(settings.Auth),
            (services, token) => action(services.GetRequiredService<SigningKeys>(), token),
            cancellationToken);
}
