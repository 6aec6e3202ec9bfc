using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Storage;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Clients;

/// <summary>Notes that a client got a token, once a day: what was used doesn't vanish.</summary>
internal sealed class RememberUse(IOpenIddictApplicationManager clients, AuthDbContext db, TimeProvider time)
    : IOpenIddictServerHandler<ProcessSignInContext>
{
    private static readonly TimeSpan Precision = TimeSpan.FromDays(1);

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseScopedHandler<RememberUse>()
            .SetOrder(OpenIddictServerHandlers.EvaluateGeneratedTokens.Descriptor.Order + 600)
            .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        var now = time.GetUtcNow();
        if (context.EndpointType is not OpenIddictServerEndpointType.Token ||
            await clients.FindByClientIdAsync(context.ClientId!, context.CancellationToken) is not OAuthClient client ||
            client.LastUsedAt > now - Precision) return;

        await db.Clients
            .Where(known => known.Id == client.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(known => known.LastUsedAt, now), context.CancellationToken);
    }
}
