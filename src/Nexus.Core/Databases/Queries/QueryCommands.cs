using System.Text.Json;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Schema;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Secrets;

namespace Nexus.Core.Databases.Queries;

/// <summary>Runs statements: reads at once, everything else with the scope to write and the caller's word that it is meant.</summary>
public sealed class QueryCommands(
    SourceQueries sources, SqlJudge judge, JudgedSessions sessions, StatementRunner runner, QueryPreviews previews,
    SchemaCache schemas, OutsideDoor door, VaultCipher cipher)
{
    private static readonly JsonElement NoRows = JsonDocument.Parse("[]").RootElement.Clone();

    /// <exception cref="NexusException"><c>SQL_REFUSED</c>, <c>CONFIRMATION_REQUIRED</c> with the preview, <c>QUERY_FAILED</c> …</exception>
    public async Task<QueryResult> ExecuteAsync(
        Actor actor, AskedQuery asked, CommandOptions options, CancellationToken cancellationToken)
    {
        var reading = asked.Command(Operation.QueryDatabase, new(DryRun: options.DryRun), cipher.Digest);
        SqlVerdict? verdict = null;
        var result = await door.TryAsync(actor, reading, asked.SourceId.ToString(), async token =>
        {
            var source = await sources.GetAsync(actor, asked.SourceId, token);
            verdict = judge.Judge(asked.Sql);
            verdict.Check();
            return verdict.IsRead ? await TryReadAsync(source, asked, verdict, options, token) : null;
        }, kept: read => read, cancellationToken);
        return result ?? await WriteAsync(actor, asked, verdict!, options, cancellationToken);
    }

    /// <summary>Null when the catalog knows that it is more than a read.</summary>
    private async Task<QueryResult?> TryReadAsync(
        DatabaseSource source, AskedQuery asked, SqlVerdict verdict, CommandOptions options, CancellationToken cancellationToken)
    {
        await using var judged = await sessions.BeginAsync(source, verdict, readOnly: true, cancellationToken);
        judged.Verdict.Check();
        if (!judged.Verdict.IsRead) return null;
        return options.DryRun
            ? Nothing with { DryRun = true, Plan = Plan(judged.Verdict) }
            : await runner.RunAsync(judged.Session, Runnable(judged.Verdict, asked), cancellationToken);
    }

    private async Task<QueryResult> WriteAsync(
        Actor actor, AskedQuery asked, SqlVerdict verdict, CommandOptions options, CancellationToken cancellationToken)
    {
        var command = asked.Command(Operation.WriteDatabase, options, cipher.Digest);
        return await door.ExecuteAsync(actor, command, asked.SourceId.ToString(), async token =>
        {
            var source = await sources.GetAsync(actor, asked.SourceId, token);
            if (!asked.Confirmed || options.DryRun)
            {
                var preview = await previews.PreviewAsync(source, asked, verdict, token);
                return options.DryRun ? Nothing with { DryRun = true, Plan = Plan(verdict) } : throw Unconfirmed(preview);
            }

            return await CommitAsync(source, asked, verdict, token);
        }, kept: result => result with { Rows = NoRows, RowCount = 0, Truncated = result.RowCount > 0 }, cancellationToken);
    }

    private async Task<QueryResult> CommitAsync(
        DatabaseSource source, AskedQuery asked, SqlVerdict verdict, CancellationToken cancellationToken)
    {
        await using var judged = await sessions.BeginAsync(source, verdict, readOnly: false, cancellationToken);
        judged.Verdict.Check();
        var result = await runner.RunAsync(judged.Session, Runnable(judged.Verdict, asked) with { Writes = true }, cancellationToken);
        await Committing.CommitAsync(judged.Session);
        if (verdict.Kind == StatementKind.Ddl) schemas.Forget(source.Id);
        return result;
    }

    private static Statement Runnable(SqlVerdict verdict, AskedQuery asked) =>
        new(verdict.Canonical!, asked.Values, asked.CheckedMaxRows, Writes: false);

    private static QueryResult Nothing => new([], NoRows, 0, Truncated: false, 0);

    private static IReadOnlyList<Change> Plan(SqlVerdict verdict) =>
        [new("statement", After: $"{verdict.Kind.ToString().ToUpperInvariant()} {string.Join(", ", verdict.Tables)}".TrimEnd()), new("risk", After: verdict.Risk.ToString().ToUpperInvariant())];

    private static NexusException Unconfirmed(QueryPreview preview)
    {
        if (!preview.Allowed)
            return new("SQL_REFUSED", "The statement is not allowed: " + string.Join(" ", preview.Refusals.Select(one => one.Message)), null, "sql") { Details = preview.Refusals };
        var tables = preview.Tables.Count == 0 ? "" : $" on {string.Join(", ", preview.Tables)}";
        var reasons = preview.Reasons.Count == 0 ? "" : $": {string.Join(" ", preview.Reasons)}";
        return new(
            "CONFIRMATION_REQUIRED",
            $"{preview.Kind.ToString().ToUpperInvariant()}{tables} is more than a read, with risk {preview.Risk.ToString().ToUpperInvariant()}{reasons}.",
            "Show the person the statement and its preview, and send it again with confirmed: true once they agree.",
            "confirmed")
        { Details = [preview] };
    }
}
