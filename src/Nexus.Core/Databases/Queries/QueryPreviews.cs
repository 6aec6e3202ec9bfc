using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Secrets;

namespace Nexus.Core.Databases.Queries;

/// <summary>Tells what a statement would do, in a read-only transaction that is rolled back.</summary>
public sealed class QueryPreviews(
    SourceQueries sources, SqlJudge judge, JudgedSessions sessions, StatementRunner runner, OutsideDoor door, VaultCipher cipher)
{
    private const int MostPlanLines = 200;

    /// <summary>The verdict, and the plan where there is one.</summary>
    public async Task<QueryPreview> PreviewAsync(Actor actor, AskedQuery asked, CancellationToken cancellationToken)
    {
        var command = asked.Command(Operation.PreviewDatabaseQuery, CommandOptions.None, cipher.Digest);
        return await door.ExecuteAsync(actor, command, asked.SourceId.ToString(), async token =>
        {
            var source = await sources.GetAsync(actor, asked.SourceId, token);
            return await PreviewAsync(source, asked, judge.Judge(asked.Sql), token);
        }, kept: preview => preview, cancellationToken);
    }

    internal async Task<QueryPreview> PreviewAsync(
        DatabaseSource source, AskedQuery asked, SqlVerdict verdict, CancellationToken cancellationToken)
    {
        if (verdict.IsRefused) return QueryPreview.Of(verdict);
        await using var judged = await sessions.BeginAsync(source, verdict, readOnly: true, cancellationToken);
        if (judged.Verdict.IsRefused || !HasPlan(verdict.Kind)) return QueryPreview.Of(judged.Verdict);
        var explain = new Statement("EXPLAIN " + judged.Verdict.Canonical, asked.Values, MostPlanLines, Writes: false);
        var plan = await runner.RunAsync(judged.Session, explain, cancellationToken);
        return QueryPreview.Of(judged.Verdict, string.Join('\n', plan.Rows.EnumerateArray().Select(row => row[0].GetString())));
    }

    private static bool HasPlan(StatementKind kind) =>
        kind is StatementKind.Select or StatementKind.Insert or StatementKind.Update or StatementKind.Delete or StatementKind.Merge;
}
