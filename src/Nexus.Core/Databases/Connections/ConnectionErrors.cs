using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace Nexus.Core.Databases.Connections;

/// <summary>Says of a connection that failed what to check, and never the password.</summary>
internal static class ConnectionErrors
{
    public static bool IsOfConnection(Exception exception) =>
        exception is NpgsqlException or SocketException or IOException or TimeoutException or AuthenticationException or OperationCanceledException;

    public static NexusException Of(Exception failure, SourceTarget target) => failure switch
    {
        PostgresException refusal => Refused(refusal, target),
        _ when Has<TimeoutException>(failure) || failure is OperationCanceledException => new(
            "DATABASE_UNREACHABLE", $"{target.Host}:{target.Port} did not answer in time.",
            "Check host and port, and whether its firewall lets this server in; a pooler leaves waiting whoever names a dbName or username that its server doesn't know.", "host"),
        _ when Has<AuthenticationException>(failure) || IsOfTls(failure) => new(
            "DATABASE_TLS_FAILED", $"{target.Host}:{target.Port} and this server did not agree on TLS.",
            "Check sslMode: disable where the server has no TLS; for verify-ca and verify-full its certificate must come from a trusted authority, and for verify-full name the host.",
            "sslMode"),
        _ when Has<SocketException>(failure) => new(
            "DATABASE_UNREACHABLE", $"Nothing answers at {target.Host}:{target.Port}.",
            "Check host and port, and whether the database is running and its firewall lets this server in.", "host"),
        _ => new(
            "DATABASE_UNREACHABLE", $"{target.Host}:{target.Port} broke the connection off or is no PostgreSQL server.",
            "Check host and port; a pooler may have a port of its own.", "host"),
    };

    private static NexusException Refused(PostgresException refusal, SourceTarget target) => refusal.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => new(
            "DATABASE_LOGIN_FAILED", $"The server has no database {target.DatabaseName}.", "Check dbName; on Supabase it is postgres.", "dbName"),
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow => new(
            "DATABASE_LOGIN_FAILED", $"The server refused the connection: {ServerText.Of(refusal.MessageText, target.Password)} ({ServerText.Of(refusal.SqlState)}).",
            "Try again later, or ask who runs the database."),
        // Poolers have codes of their own for a user, password or database that they don't know (pgbouncer 08P01, Supavisor XX000).
        _ => Login(refusal, target),
    };

    private static NexusException Login(PostgresException refusal, SourceTarget target) => new(
        "DATABASE_LOGIN_FAILED",
        $"The server refused the user {target.Username}: {ServerText.Of(refusal.MessageText, target.Password)} ({ServerText.Of(refusal.SqlState)}).",
        "Check username, password and dbName, and sslMode where the server wants or refuses encryption. Behind a pooler the username may need the project, as in postgres.PROJECT on Supabase.",
        "username");

    private static bool Has<T>(Exception? exception) where T : Exception =>
        exception is not null && (exception is T || Has<T>(exception.InnerException));

    // Npgsql has no type of its own for a server that speaks no TLS.
    private static bool IsOfTls(Exception failure) => failure.Message.Contains("SSL", StringComparison.Ordinal);
}
