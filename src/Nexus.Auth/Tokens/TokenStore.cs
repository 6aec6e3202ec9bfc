using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Nexus.Auth.Clients;
using Nexus.Auth.Storage;
using OpenIddict.EntityFrameworkCore;

namespace Nexus.Auth.Tokens;

/// <summary>OpenIddict's store, but that a request reads its code or token once, and cheaply.</summary>
internal sealed class TokenStore(
    IMemoryCache cache, IOpenIddictEntityFrameworkCoreContext context, IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> options,
    AuthDbContext db, AuthReads reads)
    : OpenIddictEntityFrameworkCoreTokenStore<OAuthToken, OAuthClient, OAuthGrant, Guid>(cache, context, options)
{
    private OAuthToken? _last;

    public override async ValueTask<OAuthToken?> FindByIdAsync(string identifier, CancellationToken cancellationToken)
    {
        var id = ConvertIdentifierFromString(identifier);
        return _last?.Id == id ? _last : _last = await reads.Token(db, id, cancellationToken);
    }

    public override async ValueTask<OAuthToken?> FindByReferenceIdAsync(string identifier, CancellationToken cancellationToken) =>
        _last?.ReferenceId == identifier ? _last : _last = await reads.TokenByReference(db, identifier, cancellationToken);

    public override ValueTask DeleteAsync(OAuthToken token, CancellationToken cancellationToken)
    {
        _last = null;
        return base.DeleteAsync(token, cancellationToken);
    }
}
