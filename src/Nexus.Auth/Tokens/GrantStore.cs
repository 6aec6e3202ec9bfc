using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Nexus.Auth.Clients;
using Nexus.Auth.Storage;
using OpenIddict.EntityFrameworkCore;

namespace Nexus.Auth.Tokens;

/// <summary>OpenIddict's store, but that a grant which came with its token isn't read again.</summary>
internal sealed class GrantStore(
    IMemoryCache cache, IOpenIddictEntityFrameworkCoreContext context, IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> options,
    AuthDbContext db, AuthReads reads)
    : OpenIddictEntityFrameworkCoreAuthorizationStore<OAuthGrant, OAuthClient, OAuthToken, Guid>(cache, context, options)
{
    public override async ValueTask<OAuthGrant?> FindByIdAsync(string identifier, CancellationToken cancellationToken)
    {
        var id = ConvertIdentifierFromString(identifier);
        return db.Grants.Local.FindEntry(id)?.Entity ?? await reads.Grant(db, id, cancellationToken);
    }
}
