using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Nexus.Auth.Storage;
using Nexus.Auth.Tokens;
using OpenIddict.EntityFrameworkCore;

namespace Nexus.Auth.Clients;

/// <summary>OpenIddict's store, but that a request reads its client once, and cheaply.</summary>
internal sealed class ClientStore(
    IMemoryCache cache, IOpenIddictEntityFrameworkCoreContext context, IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> options,
    AuthDbContext db, AuthReads reads)
    : OpenIddictEntityFrameworkCoreApplicationStore<OAuthClient, OAuthGrant, OAuthToken, Guid>(cache, context, options)
{
    private OAuthClient? _last;

    public override async ValueTask<OAuthClient?> FindByClientIdAsync(string identifier, CancellationToken cancellationToken) =>
        _last?.ClientId == identifier ? _last : _last = await reads.Client(db, identifier, cancellationToken);

    public override ValueTask DeleteAsync(OAuthClient application, CancellationToken cancellationToken)
    {
        _last = null;
        return base.DeleteAsync(application, cancellationToken);
    }
}
