using Nexus.Core.Databases.Connections;
using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Sources;
using Npgsql;

namespace Nexus.Core.Databases.Queries;

/// <summary>Begins a session and has a verdict completed in it by the database's own catalog.</summary>
public sealed class JudgedSessions(SourceSessions sessions, CatalogCheck catalog)
{
    internal async Task<JudgedSession> BeginAsync(
        DatabaseSource source, SqlVerdict verdict, bool readOnly, CancellationToken cancellationToken)
    {
        var session = await sessions.BeginAsync(source, readOnly, cancellationToken);
        try
        {
            return new(session, await catalog.CheckAsync(session.Npgsql, verdict, cancellationToken));
        }
        catch (Exception exception)
        {
            await session.DisposeAsync();
            if (exception is NpgsqlException failure) throw ServerErrors.Of(failure, session.Target);
            throw;
        }
    }
}

/// <summary>A session in which a statement was judged, and in which it may now run.</summary>
internal sealed record JudgedSession(SourceSession Session, SqlVerdict Verdict) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Session.DisposeAsync();
}
