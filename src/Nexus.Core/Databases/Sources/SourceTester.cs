using Nexus.Core.Databases.Connections;
using Nexus.Core.Databases.Safety;
using Npgsql;

namespace Nexus.Core.Databases.Sources;

/// <summary>Connects to a source and tells how that went.</summary>
public sealed class SourceTester(SourceSessions sessions, TimeProvider time)
{
    internal async Task<SourceTest> TestAsync(SourceTarget target, Guid slot, CancellationToken cancellationToken)
    {
        await using var session = await sessions.BeginAsync(target, slot, readOnly: true, cancellationToken);
        try
        {
            var asked = time.GetTimestamp();
            await using var command = new NpgsqlCommand("SELECT 1", session.Npgsql, session.Transaction);
            await command.ExecuteScalarAsync(cancellationToken);
            var latency = time.GetElapsedTime(asked).TotalMilliseconds;
            return new(Math.Round(latency, 1), ServerText.Of(session.Npgsql.PostgreSqlVersion.ToString()), session.IsEncrypted, await WarningsAsync(session, cancellationToken));
        }
        catch (NpgsqlException failure)
        {
            throw ConnectionErrors.Of(failure, target);
        }
    }

    private static async Task<IReadOnlyList<string>> WarningsAsync(SourceSession session, CancellationToken cancellationToken) =>
        [.. (await RoleCheck.CheckAsync(session.Npgsql, cancellationToken)).Select(warning => $"{warning.Message} {warning.Hint}")];
}
