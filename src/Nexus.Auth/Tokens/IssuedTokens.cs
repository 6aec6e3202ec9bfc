using Nexus.Core.Audit;
using Nexus.Core.Storage;

namespace Nexus.Auth.Tokens;

/// <summary>
/// Stores what requests issue, with its audit, in one transaction for all requests that come at the same time. The database decides who
/// was first to use a code or a refresh token; where that is in doubt, each request has a transaction of its own.
/// </summary>
internal sealed class IssuedTokens
{
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;
    private readonly GroupCommit<Issuance, StoreOutcome> _together;

    public IssuedTokens(AuditLog audit, TimeProvider time) =>
        (_audit, _time, _together) = (audit, time, new(TryAsync));

    /// <summary>Returns once all of it is stored, or nothing.</summary>
    public Task<StoreOutcome> StoreAsync(Issuance issuance) => _together.WriteAsync(issuance);

    private async Task<IReadOnlyList<StoreOutcome>?> TryAsync(IReadOnlyList<Issuance> together)
    {
        var outcome = StoreOutcome.Stored;
        await _audit.WriteAsync(
            async (database, cancellationToken) =>
            {
                outcome = await ActAsync(new(database), together, cancellationToken);
                return outcome is StoreOutcome.Stored ? [.. together.SelectMany(one => one.Audited)] : null;
            },
            CancellationToken.None); // It is others' as well.
        if (outcome is StoreOutcome.Stored) return [.. together.Select(_ => outcome)];
        return together is [_] ? [outcome] : null;
    }

    private async Task<StoreOutcome> ActAsync(
        IssuanceStatements statements, IReadOnlyList<Issuance> together, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        Guid[] codes = [.. together.Select(one => one.UsedCode).OfType<Guid>()];
        if (await statements.RedeemAsync(codes, now, cancellationToken) < codes.Length) return StoreOutcome.CodeWasUsed;

        await statements.AddAsync([.. together.Select(one => one.Grant).OfType<OAuthGrant>()], cancellationToken);
        IssuedToken[] tokens = [.. together.SelectMany(one => one.Tokens)];
        // A refresh token that is there already came of the same one; it is handed out again as long as it is unused.
        if (await statements.AddAsync(tokens, cancellationToken) < tokens.Length &&
            !(together is [_] && await statements.AreUnusedAsync(tokens, cancellationToken)))
            return StoreOutcome.RefreshTokenWasUsed;

        await statements.RedeemAsync([.. together.Select(one => one.UsedRefreshToken).OfType<Guid>()], now, cancellationToken);
        return StoreOutcome.Stored;
    }
}

internal enum StoreOutcome
{
    Stored,

    /// <summary>Nothing was stored: the code had been used.</summary>
    CodeWasUsed,

    /// <summary>Nothing was stored: what came of the refresh token is there, and was used.</summary>
    RefreshTokenWasUsed,
}
