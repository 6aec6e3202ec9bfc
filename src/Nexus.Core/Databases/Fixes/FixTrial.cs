using System.Globalization;
using Nexus.Core.Databases.Connections;
using Nexus.Core.Databases.Queries;
using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Schema;
using Nexus.Core.Databases.Sources;
using Npgsql;

namespace Nexus.Core.Databases.Fixes;

/// <summary>
/// Tries a draft on its source: through the safety layer, then for real, in a transaction that is rolled back. It takes locks while it
/// runs, so it waits for none of them long and gives up soon.
/// </summary>
public sealed class FixTrial(SqlJudge judge, JudgedSessions sessions, StatementRunner runner)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <exception cref="NexusException"><c>FIX_NOT_VERIFIED</c> with why it doesn't hold; <c>FIX_TRIAL_TOO_LONG</c>.</exception>
    internal async Task<TriedFix> RunAsync(DatabaseSource source, FixDraft draft, FixCure? cure, CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(source, draft, cure, cancellationToken);
        }
        catch (NexusException refusal) when (refusal.Code is "SQL_REFUSED" or "QUERY_FAILED")
        {
            throw FixErrors.NotVerified(refusal.Message);
        }
        catch (NexusException refusal) when (refusal.Code == "QUERY_TIMEOUT")
        {
            throw FixErrors.TrialTooLong(draft.Sql);
        }
    }

    private async Task<TriedFix> TryAsync(DatabaseSource source, FixDraft draft, FixCure? cure, CancellationToken cancellationToken)
    {
        var verdict = judge.Judge(draft.Sql);
        verdict.Check();
        await using var judged = await sessions.BeginAsync(source, verdict, readOnly: false, cancellationToken);
        judged.Verdict.Check();
        await BoundAsync(judged.Session, cancellationToken);
        var fingerprint = await FingerprintAsync(judged.Session, verdict.Tables, draft.Probe, cancellationToken);
        await runner.RunAsync(judged.Session, new(judged.Verdict.Canonical!, [], MaxRows: 1, Writes: true), cancellationToken);
        if (cure is not null && !await cure.HoldsAsync(judged.Session, cancellationToken))
            throw FixErrors.NotVerified("the error would still be there after it.");
        return new(judged.Verdict, fingerprint);
    }

    /// <summary>What the session's database is now, as far as the statement concerns it.</summary>
    internal static async Task<string> FingerprintAsync(
        SourceSession session, IReadOnlyList<string> tables, string? probe, CancellationToken cancellationToken)
    {
        var graph = await SchemaReader.ReadAsync(session, cancellationToken);
        try
        {
            await using var command = probe is null ? null : new NpgsqlCommand(probe, session.Npgsql, session.Transaction);
            var probed = command is null ? null : Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
            return FixFingerprint.Of(graph, tables, probed);
        }
        catch (NpgsqlException failure)
        {
            throw ServerErrors.Of(failure, session.Target);
        }
    }

    private static async Task BoundAsync(SourceSession session, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT pg_catalog.set_config('statement_timeout', $1, true), pg_catalog.set_config('lock_timeout', $2, true)", session.Npgsql, session.Transaction)
        {
            Parameters = { new() { Value = Milliseconds(LongestRun) }, new() { Value = Milliseconds(LongestWait) } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}

/// <summary>A draft that held.</summary>
internal sealed record TriedFix(SqlVerdict Verdict, string Fingerprint);
