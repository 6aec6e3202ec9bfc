using System.CommandLine;
using Nexus.Auth;
using Nexus.Core;
using Nexus.Core.Audit;
using Nexus.Core.Secrets;
using Nexus.Core.Storage;

namespace Nexus.Server.Startup;

/// <summary><c>vault rotate</c>: after a change of <c>ENCRYPTION_KEY</c>, seals everything with the new one.</summary>
internal static class VaultCommand
{
    public static Command Create(Option<string?> data)
    {
        var rotate = new Command(
            "rotate", "Seal everything with ENCRYPTION_KEY that ENCRYPTION_KEY_PREVIOUS sealed; every server must know both by then");
        rotate.SetAction((parsed, cancellationToken) => AdminCommand.RunAsync(
            parsed.GetValue(data),
            (services, settings) => services.AddNexusVault(settings.Vault).AddNexusAccessTokens(settings.Auth),
            RotateAsync,
            cancellationToken));
        return new Command("vault", "Secrets at rest") { rotate };
    }

    private static async Task RotateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<DatabaseMigrator>().RequireUpToDateAsync(cancellationToken);
        var secrets = await services.GetRequiredService<Vault>().RotateAsync(cancellationToken);
        var chains = await services.GetRequiredService<AuditChains>().ResealAsync(cancellationToken);
        var keys = await services.GetRequiredService<SealedKeys>().RotateAsync(cancellationToken);
        await Console.Out.WriteLineAsync(
            $"Sealed anew: {secrets} values of secrets, {keys} keys and {chains} chains of the audit. " +
            "Restart the servers without ENCRYPTION_KEY_PREVIOUS when the clients' refresh tokens of before need no longer work.");
    }
}
