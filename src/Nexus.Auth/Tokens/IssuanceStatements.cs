using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Tokens;

/// <summary>
/// The statements that store issued tokens: one for all rows of a kind, where a change tracker would take several times as long.
/// Both databases understand them.
/// </summary>
internal sealed class IssuanceStatements(DatabaseFacade database)
{
    private const string Grants =
        """INSERT INTO "OAuthGrants" ("Id", "ApplicationId", "ConcurrencyToken", "CreationDate", "Scopes", "Status", "Subject", "Type") VALUES """;

    private const string Tokens =
        """
        INSERT INTO "OAuthTokens" ("Id", "ApplicationId", "AuthorizationId", "ConcurrencyToken", "CreationDate", "ExpirationDate",
            "Payload", "ReferenceId", "Status", "Subject", "Type") VALUES 
        """;

    /// <summary>Marks valid ones as used; returns how many of them were. Of several who use the same one at once one succeeds.</summary>
    public async Task<int> RedeemAsync(IReadOnlyList<Guid> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (tokens is []) return 0;
        var values = new SqlValues();
        var status = values.Add(Statuses.Redeemed);
        var date = values.Add(now.UtcDateTime);
        var valid = values.Add(Statuses.Valid);
        var statement = values.In(
            $"""
            UPDATE "OAuthTokens" SET "Status" = {status}, "RedemptionDate" = {date}
            WHERE "Status" = {valid} AND "Id" IN {values.Row(tokens.Cast<object?>())}
            """);
        return await database.ExecuteSqlAsync(statement, cancellationToken);
    }

    public async Task AddAsync(IReadOnlyList<OAuthGrant> grants, CancellationToken cancellationToken)
    {
        if (grants is []) return;
        var values = new SqlValues();
        var rows = grants.Select(grant => values.Row(
            [grant.Id, grant.Application!.Id, grant.ConcurrencyToken, grant.CreationDate, grant.Scopes, grant.Status, grant.Subject, grant.Type]));
        await database.ExecuteSqlAsync(values.In(Grants + string.Join(", ", rows)), cancellationToken);
    }

    /// <summary>Adds those whose reference is not there yet; returns how many.</summary>
    public async Task<int> AddAsync(IReadOnlyList<IssuedToken> tokens, CancellationToken cancellationToken)
    {
        if (tokens is []) return 0;
        var values = new SqlValues();
        var rows = tokens.Select(token => values.Row(
        [
            token.Record.Id, token.ClientId, token.GrantId, token.Record.ConcurrencyToken, token.Record.CreationDate, token.Record.ExpirationDate,
            token.Record.Payload, token.Record.ReferenceId, token.Record.Status, token.Record.Subject, token.Record.Type,
        ]));
        var statement = values.In($"""{Tokens}{string.Join(", ", rows)} ON CONFLICT ("ReferenceId") DO NOTHING""");
        return await database.ExecuteSqlAsync(statement, cancellationToken);
    }

    /// <summary>Whether all that have a reference are there under it, and valid.</summary>
    public async Task<bool> AreUnusedAsync(IReadOnlyList<IssuedToken> tokens, CancellationToken cancellationToken)
    {
        string[] references = [.. tokens.Select(token => token.Record.ReferenceId).OfType<string>()];
        var values = new SqlValues();
        var valid = values.Add(Statuses.Valid);
        var statement = values.In(
            $"""
            SELECT CAST(COUNT(*) AS int) AS "Value" FROM "OAuthTokens"
            WHERE "Status" = {valid} AND "ReferenceId" IN {values.Row(references)}
            """);
        return await database.SqlQuery<int>(statement).SingleAsync(cancellationToken) == references.Length;
    }

    /// <summary>Values that go to the database beside the statement, and the placeholders that stand for them in it.</summary>
    private sealed class SqlValues
    {
        private readonly List<object?> _all = [];

        public string Add(object? value)
        {
            _all.Add(value);
            return $"{{{_all.Count - 1}}}";
        }

        /// <summary>The statement with its values, of which its text has only the placeholders.</summary>
        public FormattableString In(string statement) => FormattableStringFactory.Create(statement, [.. _all]);

        public string Row(IEnumerable<object?> values) => $"({string.Join(", ", values.Select(Add))})";
    }
}
