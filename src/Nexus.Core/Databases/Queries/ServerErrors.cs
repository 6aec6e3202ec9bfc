using Nexus.Core.Databases.Connections;
using Npgsql;

namespace Nexus.Core.Databases.Queries;

/// <summary>What the server says against a statement, for whoever wrote it: SQLSTATE, message, position and hint.</summary>
internal static class ServerErrors
{
    /// <summary>Whether it is one that <see cref="Of"/> knows to tell.</summary>
    public static bool IsOne(Exception exception) => exception is NpgsqlException or NotSupportedException or InvalidOperationException;

    /// <param name="sql">What was sent, which positions are of.</param>
    public static NexusException Of(Exception failure, SourceTarget target, string sql = "") => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => Late(),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => new(
            "QUERY_TIMEOUT", "The statement waited too long for a lock that another session holds (55P03).", "Try again later.", "sql"),
        PostgresException error => new("QUERY_FAILED", Message(error, target, sql), Hint(error, target), "sql"),
        NpgsqlException => new(
            "DATABASE_UNREACHABLE", $"The connection to {target.Host}:{target.Port} broke in the middle of the statement.",
            "A statement that writes was rolled back unless it had been committed. Try again.", "sourceId"),
        _ => new("QUERY_FAILED", "This kind of statement can't be run here.", "Use SELECT, INSERT, UPDATE, DELETE or DDL.", "sql"),
    };

    public static NexusException Late() => new(
        "QUERY_TIMEOUT", "The statement took too long and was cancelled on the server (57014).",
        "Narrow it with WHERE or LIMIT, or look at its plan with a preview.", "sql");

    private static string Message(PostgresException error, SourceTarget target, string sql)
    {
        var position = error.Position > 0 ? $", at character {error.Position}{ServerText.Of(Near(sql, error.Position), target.Password)}" : "";
        return $"{ServerText.Of(error.MessageText, target.Password)} (SQLSTATE {ServerText.Of(error.SqlState)}{position})";
    }

    private static string Near(string sql, int position)
    {
        if (position > sql.Length) return "";
        var rest = sql[(position - 1)..Math.Min(sql.Length, position + 30)];
        return $" near {rest.Split(' ', '\n')[0]}";
    }

    private static string? Hint(PostgresException error, SourceTarget target) =>
        error.Hint is { Length: > 0 } hint ? ServerText.Of(hint, target.Password) : null;
}
