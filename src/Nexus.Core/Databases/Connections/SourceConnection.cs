using Npgsql;

namespace Nexus.Core.Databases.Connections;

/// <summary>One open connection, of which nothing is kept when it is done with.</summary>
internal sealed class SourceConnection(NpgsqlDataSource source, NpgsqlConnection connection, SourceTarget target, bool isEncrypted) : IAsyncDisposable
{
    public NpgsqlConnection Npgsql => connection;

    public SourceTarget Target => target;

    public bool IsEncrypted => isEncrypted;

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await source.DisposeAsync();
    }
}
