using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Databases.Connections;
using Nexus.Core.Databases.Fixes.Logs;
using Nexus.Core.Databases.Fixes.Rules;
using Nexus.Core.Databases.Fixes.Statements;
using Nexus.Core.Databases.Queries;
using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Schema;
using Nexus.Core.Databases.Sources;

namespace Nexus.Core.Databases.Fixes;

/// <summary>Makes proposals: from the errors of a log and the database as it is, to a statement that was tried out.</summary>
public sealed class FixProposals(
    SourceQueries sources, SourceSessions sessions, SqlParser parser, FixDrafts drafts, FixStore store, FixLogs logs, OutsideDoor door)
{
    private readonly StatementSearch _statements = new(parser);

    /// <exception cref="NexusException">
    /// <c>NO_DATABASE_ERROR</c>, <c>NO_FIX_FOUND</c>, <c>FIX_NOT_VERIFIED</c>; never a proposal that nothing supports.
    /// </exception>
    public async Task<ProposedFix> ProposeAsync(Actor actor, AskedFix asked, CancellationToken cancellationToken)
    {
        var audited = new { asked.SourceId, asked.Deployment, logSha256 = AskedQuery.Sha256(asked.LogSnippet), asked.LogSnippet.Length };
        var command = new Command(Operation.ProposeDatabaseFix, audited, CommandOptions.None);
        return await door.ExecuteAsync(actor, command, asked.SourceId.ToString(), async token =>
        {
            parser.Require();
            var source = await sources.GetAsync(actor, asked.SourceId, token);
            var log = LogText.Of(await logs.ReadAsync(actor, asked, token));
            var errors = LogReader.Read(log);
            if (errors.Count == 0) throw FixErrors.NoError();
            return await ProposeAsync(actor, source, log, errors, token);
        }, kept: proposal => proposal, cancellationToken);
    }

    /// <summary>For the first error that something can be done about; without any, the reason of the first.</summary>
    private async Task<ProposedFix> ProposeAsync(
        Actor actor, DatabaseSource source, LogText log, IReadOnlyList<LoggedError> errors, CancellationToken cancellationToken)
    {
        NexusException? reason = null;
        var asked = false;
        foreach (var found in await FindAsync(source, log, errors, cancellationToken))
        {
            // A model takes its time, so one error is put to it in a call.
            var asks = found.MayAskModel && !asked;
            asked |= asks;
            try
            {
                var (draft, tried) = await drafts.FirstAsync(source, log, found, asks, cancellationToken);
                return await store.AddAsync(actor, source, found.Context.Error, draft, tried, cancellationToken);
            }
            catch (NexusException refusal) when (refusal.Code is FixErrors.NoFixCode or FixErrors.NotVerifiedCode)
            {
                reason ??= refusal;
            }
        }

        throw reason!;
    }

    private async Task<IReadOnlyList<FoundFix>> FindAsync(
        DatabaseSource source, LogText log, IReadOnlyList<LoggedError> errors, CancellationToken cancellationToken)
    {
        await using var session = await sessions.BeginAsync(source, readOnly: true, cancellationToken);
        var graph = await SchemaReader.ReadAsync(session, cancellationToken);
        var found = new List<FoundFix>();
        foreach (var error in errors)
        {
            var mayHelp = error is { IsSound: true, IsOfStatement: false };
            var context = new FixContext(error, mayHelp ? _statements.Find(log, error) : null, graph, session);
            var cure = mayHelp ? FixCure.Of(context) : null;
            found.Add(new(
                context, await FixRules.FindAsync(context, cancellationToken), cure,
                IsGone: cure is not null && await cure.HoldsAsync(session, cancellationToken)));
        }

        return found;
    }
}
