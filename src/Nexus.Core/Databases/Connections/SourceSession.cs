using Npgsql;

namespace Nexus.Core.Databases.Connections;

/// <summary>One short transaction on a source. Whatever isn't committed by the end is rolled back, and the connection is gone.</summary>
internal sealed class SourceSession(SourceConnection connection, NpgsqlTransaction transaction, IDisposable slot) : IAsyncDisposable
{
    public NpgsqlConnection Npgsql => connection.Npgsql;

    public SourceTarget Target => connection.Target;

    public bool IsEncrypted => connection.IsEncrypted;

    public NpgsqlTransaction Transaction => transaction;

    public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Closing the connection would roll back too, but behind a pooler the server's side lives on.
            await transaction.DisposeAsync();
        }
        catch (Exception exception) when (ConnectionErrors.IsOfConnection(exception))
        {
            // It broke, and a server rolls back what breaks.
        }
        finally
        {
            await connection.DisposeAsync();
            slot.Dispose();
        }
    }
}
