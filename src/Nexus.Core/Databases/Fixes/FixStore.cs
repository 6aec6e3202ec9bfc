using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Databases.Fixes.Logs;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Storage;

namespace Nexus.Core.Databases.Fixes;

/// <summary>Keeps proposals, and gives each to one caller at a time.</summary>
public sealed class FixStore(IDbContextFactory<NexusDbContext> database, TimeProvider time)
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>How long old ones stay to be told of, e.g. as applied.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Longer than any apply takes, given the limits of statements and connections: whoever took it is gone.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    internal async Task<ProposedFix> AddAsync(
        Actor actor, DatabaseSource source, LoggedError error, FixDraft draft, TriedFix tried, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var oldest = now - Kept;
        await db.FixProposals.Where(one => one.SourceId == source.Id && one.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
        var proposal = new FixProposal
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = actor.OrganizationId,
            SourceId = source.Id,
            Sql = tried.Verdict.Canonical!,
            Risk = tried.Verdict.Risk,
            SqlState = error.SqlState,
            Tables = tried.Verdict.Tables,
            Probe = draft.Probe,
            Fingerprint = tried.Fingerprint,
            State = FixState.Proposed,
            CreatedBy = actor.UserId,
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
        };
        db.Add(proposal);
        await db.SaveChangesAsync(cancellationToken);
        return new(proposal.Id, proposal.Sql, draft.Explanation, proposal.Risk, Evidence.Of(error, draft), proposal.ExpiresAt);
    }

    /// <exception cref="NexusException"><c>PROPOSAL_NOT_FOUND</c>, also for one of somebody else's.</exception>
    internal async Task<FixProposal> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.FixProposals.AsNoTracking()
            .FirstOrDefaultAsync(one => one.Id == id && one.OrganizationId == actor.OrganizationId, cancellationToken) ?? throw FixErrors.NotFound();
    }

    /// <summary>Whether it may be applied now; says of one that may not what has become of it.</summary>
    internal void Check(FixProposal proposal)
    {
        switch (proposal.State)
        {
            case FixState.Applied: throw FixErrors.Applied();
            case FixState.Unknown: throw FixErrors.Unknown();
            case FixState.Applying when !IsAbandoned(proposal): throw FixErrors.InProgress();
            case FixState.Proposed when proposal.ExpiresAt <= time.GetUtcNow(): throw FixErrors.Expired();
            default: break;
        }
    }

    /// <summary>Whether whoever was applying it must have been interrupted.</summary>
    internal bool IsAbandoned(FixProposal proposal) =>
        proposal.State == FixState.Applying && proposal.StateSince + Patience < time.GetUtcNow();

    /// <summary>Takes it as it was read; of several callers one succeeds.</summary>
    internal async Task TakeAsync(FixProposal proposal, CancellationToken cancellationToken)
    {
        if (!await MoveAsync(proposal, FixState.Applying, cancellationToken)) throw FixErrors.InProgress();
    }

    /// <summary>What is done is done, whoever hangs up.</summary>
    internal async Task EndAsync(FixProposal taken, FixState state) => await MoveAsync(taken, state, CancellationToken.None);

    private async Task<bool> MoveAsync(FixProposal proposal, FixState state, CancellationToken cancellationToken)
    {
        var now = Now();
        var (from, since) = (proposal.State, proposal.StateSince);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var moved = await db.FixProposals
            .Where(one => one.Id == proposal.Id && one.State == from && one.StateSince == since)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.State, state).SetProperty(one => one.StateSince, now), cancellationToken);
        if (moved == 1) (proposal.State, proposal.StateSince) = (state, now);
        return moved == 1;
    }

    /// <summary>As exact as PostgreSQL keeps it, so that it is found again.</summary>
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
