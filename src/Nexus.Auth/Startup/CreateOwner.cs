using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Accounts;
using Nexus.Core;
using Nexus.Core.Organizations;

namespace Nexus.Auth.Startup;

/// <summary>Creates the Owner that the configuration names, where there is none.</summary>
internal sealed class CreateOwner(AuthOptions options, OrganizationDirectory organizations, IServiceScopeFactory scopes) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Owner is not { } owner) return;

        await using var scope = scopes.CreateAsyncScope();
        var setUp = scope.ServiceProvider.GetRequiredService<SetUp>();
        if (await organizations.HasOwnerAsync(cancellationToken)) return;
        try
        {
            await setUp.CreateOwnerAsync(owner, cancellationToken);
        }
        catch (NexusException exception) when (exception.Code == "ALREADY_SET_UP")
        {
            // Another node was first.
        }
    }
}
