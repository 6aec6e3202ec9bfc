using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Databases.Queries;
using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Schema;
using Nexus.Core.Databases.Sources;

namespace Nexus.Core.Databases.Fixes;

/// <summary>Applies proposals: each once, on the source that it was made for, while what it is about is still as it was.</summary>
public sealed class FixCommands(
    SourceQueries sources, FixStore store, SqlJudge judge, JudgedSessions sessions, StatementRunner runner, QueryPreviews previews,
    SchemaCache schemas, OutsideDoor door)
{
    /// <exception cref="NexusException">
    /// <c>CONFIRMATION_REQUIRED</c> with the preview, <c>PROPOSAL_NOT_FOUND</c>, <c>PROPOSAL_APPLIED</c>, <c>SCHEMA_CHANGED</c> …
    /// </exception>
    public Task<AppliedFix> ApplyAsync(Actor actor, ApplyFix asked, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.ApplyDatabaseFix, asked, options), asked.ProposalId.ToString(), async token =>
        {
            var proposal = await store.GetAsync(actor, asked.ProposalId, token);
            var source = await sources.GetAsync(actor, asked.SourceId, token);
            if (proposal.SourceId != source.Id) throw FixErrors.OtherSource(proposal.SourceId);
            store.Check(proposal);
            var verdict = judge.Judge(proposal.Sql);
            verdict.Check();
            if (options.DryRun || !asked.Confirmed) return await PreviewAsync(source, proposal, verdict, options, token);
            await TakeAndRunAsync(source, proposal, verdict, token);
            return new AppliedFix(proposal.Id, Applied: true, proposal.Sql);
        }, kept: result => result, cancellationToken);

    private async Task<AppliedFix> PreviewAsync(
        DatabaseSource source, FixProposal proposal, SqlVerdict verdict, CommandOptions options, CancellationToken cancellationToken)
    {
        var preview = await previews.PreviewAsync(source, new(source.Id, proposal.Sql), verdict, cancellationToken);
        await using var judged = await sessions.BeginAsync(source, verdict, readOnly: true, cancellationToken);
        await CheckUnchangedAsync(judged, proposal, cancellationToken);
        if (!options.DryRun) throw FixErrors.Unconfirmed(preview);
        return new(proposal.Id, Applied: false, proposal.Sql, DryRun: true, FixPlan.Of(proposal));
    }

    private async Task TakeAndRunAsync(DatabaseSource source, FixProposal proposal, SqlVerdict verdict, CancellationToken cancellationToken)
    {
        var wasAbandoned = store.IsAbandoned(proposal);
        await store.TakeAsync(proposal, cancellationToken);
        try
        {
            await RunAsync(source, proposal, verdict, cancellationToken);
        }
        catch (NexusException failure) when (failure.Code == OutsideDoor.OutcomeUnknown)
        {
            await store.EndAsync(proposal, FixState.Unknown);
            throw;
        }
        catch (NexusException failure) when (wasAbandoned && failure.Code == "SCHEMA_CHANGED")
        {
            // Whoever was interrupted may have come as far as this.
            await store.EndAsync(proposal, FixState.Unknown);
            throw FixErrors.Unknown();
        }
        catch
        {
            await store.EndAsync(proposal, FixState.Proposed);
            throw;
        }

        await store.EndAsync(proposal, FixState.Applied);
    }

    private async Task RunAsync(DatabaseSource source, FixProposal proposal, SqlVerdict verdict, CancellationToken cancellationToken)
    {
        await using var judged = await sessions.BeginAsync(source, verdict, readOnly: false, cancellationToken);
        judged.Verdict.Check();
        await CheckUnchangedAsync(judged, proposal, cancellationToken);
        await runner.RunAsync(judged.Session, new(judged.Verdict.Canonical!, [], MaxRows: 1, Writes: true), cancellationToken);
        await Committing.CommitAsync(judged.Session);
        schemas.Forget(source.Id);
    }

    private static async Task CheckUnchangedAsync(JudgedSession judged, FixProposal proposal, CancellationToken cancellationToken)
    {
        var now = await FixTrial.FingerprintAsync(judged.Session, proposal.Tables, proposal.Probe, cancellationToken);
        if (now != proposal.Fingerprint) throw FixErrors.SchemaChanged();
    }
}
