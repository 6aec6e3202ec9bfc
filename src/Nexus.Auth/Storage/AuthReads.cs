using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Accounts;
using Nexus.Auth.Clients;
using Nexus.Auth.Sessions;
using Nexus.Auth.Tokens;

namespace Nexus.Auth.Storage;

/// <summary>
/// What every request for a code or a token reads, compiled: to make sense of an expression anew each time cost more than the database.
/// The context remembers what it gave, so that it can be changed and saved.
/// </summary>
internal sealed class AuthReads
{
    // Not static: a compiled query is for one model.
    public Func<AuthDbContext, string, CancellationToken, Task<OAuthClient?>> Client { get; } = EF.CompileAsyncQuery(
        (AuthDbContext db, string clientId, CancellationToken _) => db.Clients.FirstOrDefault(client => client.ClientId == clientId));

    public Func<AuthDbContext, Guid, CancellationToken, Task<OAuthGrant?>> Grant { get; } = EF.CompileAsyncQuery(
        (AuthDbContext db, Guid id, CancellationToken _) => db.Grants.FirstOrDefault(grant => grant.Id == id));

    /// <summary>With its grant.</summary>
    public Func<AuthDbContext, Guid, CancellationToken, Task<OAuthToken?>> Token { get; } = EF.CompileAsyncQuery(
        (AuthDbContext db, Guid id, CancellationToken _) =>
            db.Tokens.Include(token => token.Authorization).FirstOrDefault(token => token.Id == id));

    /// <summary>With its grant.</summary>
    public Func<AuthDbContext, string, CancellationToken, Task<OAuthToken?>> TokenByReference { get; } = EF.CompileAsyncQuery(
        (AuthDbContext db, string reference, CancellationToken _) =>
            db.Tokens.Include(token => token.Authorization).FirstOrDefault(token => token.ReferenceId == reference));

    public Func<AuthDbContext, Guid, CancellationToken, Task<Account?>> Account { get; } = EF.CompileAsyncQuery(
        (AuthDbContext db, Guid id, CancellationToken _) => db.Users.FirstOrDefault(account => account.Id == id));

    /// <summary>Null for an account that is gone.</summary>
    public Func<AuthDbContext, Guid, CancellationToken, Task<string?>> SecurityStamp { get; } = EF.CompileAsyncQuery(
        (AuthDbContext db, Guid accountId, CancellationToken _) =>
            db.Users.Where(account => account.Id == accountId).Select(account => account.SecurityStamp).FirstOrDefault());

    /// <summary>With its person.</summary>
    public Func<AuthDbContext, Guid, CancellationToken, Task<PersonsSession?>> Session { get; } = EF.CompileAsyncQuery(
        (AuthDbContext db, Guid id, CancellationToken _) => (
            from session in db.Sessions
            where session.Id == id
            join account in db.Users on session.AccountId equals account.Id
            select new PersonsSession(session, account)).FirstOrDefault());

    internal sealed record PersonsSession(FirstPartySession Session, Account Account);
}
