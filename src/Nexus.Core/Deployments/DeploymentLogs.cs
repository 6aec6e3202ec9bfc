using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Providers;
using Nexus.Core.Rollouts;
using Nexus.Core.Secrets;
using Nexus.Core.Storage;

namespace Nexus.Core.Deployments;

/// <summary>Reads what a deployment's replicas print, merged by time and with secrets taken out.</summary>
public sealed class DeploymentLogs(
    IDbContextFactory<NexusDbContext> database, ProviderCatalog providers, DeploymentSecrets secrets)
{
    public const int DefaultLines = 100;
    public const int MostLines = 1000;

    /// <summary>How far a search looks back, in lines of each replica.</summary>
    private const int SearchedLines = 20_000;

    /// <summary>The newest lines, oldest first. Where no replica is left, those that its last failure kept.</summary>
    public async Task<LogPage> ReadAsync(Actor actor, string idOrName, LogQuery query, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ReadDeploymentLogs);
        query.Check();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var deployment = await db.Deployments.AsNoTracking().GetAsync(actor, idOrName, cancellationToken);
        var provider = providers.Get(deployment.Provider);
        try
        {
            var replicas = await provider.ListReplicasAsync(deployment.Id, cancellationToken);
            return replicas.Count == 0
                ? Kept(deployment, query)
                : await MergeAsync(provider, replicas, deployment, query, cancellationToken);
        }
        catch (ProviderException failure)
        {
            throw failure.ToRefusal();
        }
    }

    private async Task<LogPage> MergeAsync(
        IDeploymentProvider provider, IReadOnlyList<Replica> replicas, Deployment deployment, LogQuery query,
        CancellationToken cancellationToken)
    {
        var known = await secrets.KnownValuesAsync(deployment.Id, cancellationToken);
        var range = new LogRange(query.Search is null ? query.Lines : SearchedLines, query.From);
        var read = await Task.WhenAll(replicas.Select(async replica =>
            (Replica: replica, Lines: await provider.ReadLogsAsync(replica.Id, range, cancellationToken))));
        var lines = read
            .SelectMany(one => one.Lines.Select(line => View(one.Replica, line, known)))
            .Where(line => query.Wants(line))
            .OrderBy(line => line.At)
            .TakeLast(query.Lines)
            .ToList();
        return new(deployment.Id, lines, LogQuery.CursorAfter(lines) ?? query.Cursor);
    }

    private static LogPage Kept(Deployment deployment, LogQuery query)
    {
        if (deployment.LastFailure is not { } failure) return new(deployment.Id, [], query.Cursor);
        var lines = failure.LogTail
            .Select(text => new LogEntry(failure.At, "stdout", $"r{failure.Revision}", text))
            .Where(query.Wants)
            .TakeLast(query.Lines)
            .ToList();
        return new(deployment.Id, lines, LogQuery.CursorAfter(lines) ?? query.Cursor);
    }

    private static LogEntry View(Replica replica, LogLine line, IReadOnlyList<string> known) =>
        new(line.At, line.Stream, replica.Name, LogRedactor.Redact(line.Text, known));
}

/// <summary>A line with the replica that printed it, as <c>rREVISION-ORDINAL</c>.</summary>
public sealed record LogEntry(DateTimeOffset At, string Stream, string Replica, string Text);

/// <summary>Lines, oldest first, and the cursor that continues after the last of them; the note says why there are none.</summary>
public sealed record LogPage(Guid DeploymentId, IReadOnlyList<LogEntry> Lines, string? Cursor, string? Note = null);
