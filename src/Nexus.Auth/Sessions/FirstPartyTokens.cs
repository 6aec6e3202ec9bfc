using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Accounts;
using Nexus.Auth.Auditing;
using Nexus.Auth.Keys;
using Nexus.Auth.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Sessions;

/// <summary>A first-party JWT and when it ends.</summary>
internal sealed record FirstPartyToken(string Token, DateTimeOffset ExpiresAt);

/// <summary>Who a first-party JWT is for.</summary>
internal sealed record FirstPartyIdentity(Guid SessionId, Account Account, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);

/// <summary>
/// Issues and checks the JWTs of <c>/api/auth/login</c>. Their own type and audience keep them from passing for access tokens,
/// and a session in the database lets logging out end one at once.
/// </summary>
internal sealed class FirstPartyTokens(
    SigningKeyRing keys, AuthAddresses addresses, AuthOptions options, AuthDbContext db, AuthReads reads, AuthAudit audit,
    TimeProvider time)
{
    public const string Type = "nexus-session+jwt";

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };

    public async Task<FirstPartyToken> IssueAsync(Account account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = new FirstPartySession
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account.Id,
            SecurityStamp = account.SecurityStamp!,
            ExpiresAt = now + options.Lifetimes.FirstPartyToken,
        };
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        await audit.WriteAsync(new(AuthEvent.SignIn) { AccountId = account.Id, TokenId = session.Id.ToString() }, cancellationToken);
        return new(Sign(session, now), session.ExpiresAt);
    }

    /// <summary>Null for a token that is not a first-party JWT of ours, or that has ended.</summary>
    public async Task<FirstPartyIdentity?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var result = await Handler.ValidateTokenAsync(token, Parameters());
        if (!result.IsValid || !Guid.TryParse(((JsonWebToken)result.SecurityToken).Id, out var id)) return null;

        if (await reads.Session(db, id, cancellationToken) is not var (session, account) || session.ExpiresAt <= time.GetUtcNow()) return null;
        return account.SecurityStamp == session.SecurityStamp
            ? new(session.Id, account, new(((JsonWebToken)result.SecurityToken).IssuedAt, TimeSpan.Zero), session.ExpiresAt)
            : null;
    }

    public async Task EndAsync(FirstPartyIdentity identity, CancellationToken cancellationToken)
    {
        await db.Sessions.Where(session => session.Id == identity.SessionId).ExecuteDeleteAsync(cancellationToken);
        await audit.WriteAsync(
            new(AuthEvent.SignOut) { AccountId = identity.Account.Id, TokenId = identity.SessionId.ToString() }, cancellationToken);
    }

    private string Sign(FirstPartySession session, DateTimeOffset now) => Handler.CreateToken(new SecurityTokenDescriptor
    {
        TokenType = Type,
        Issuer = addresses.Issuer,
        Audience = addresses.FirstPartyAudience,
        IssuedAt = now.UtcDateTime,
        Expires = session.ExpiresAt.UtcDateTime,
        Subject = new ClaimsIdentity([
            new(Claims.Subject, session.AccountId.ToString()),
            new(Claims.JwtId, session.Id.ToString()),
        ]),
        SigningCredentials = keys.Current,
    });

    private TokenValidationParameters Parameters() => new()
    {
        ValidAlgorithms = keys.Algorithms,
        ValidTypes = [Type],
        ValidIssuer = addresses.Issuer,
        ValidAudience = addresses.FirstPartyAudience,
        IssuerSigningKeys = keys.Keys,
        TryAllIssuerSigningKeys = false,
        ValidateLifetime = false, // The session knows better.
    };
}
