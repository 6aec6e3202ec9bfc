using Nexus.Core.Databases.Sources;

namespace Nexus.Core.Databases.Connections;

/// <summary>What a connection needs to know of a source, with its password.</summary>
internal sealed record SourceTarget(string Host, int Port, string DatabaseName, string Username, string Password, DatabaseSslMode SslMode)
{
    public static SourceTarget Of(DatabaseSource source, string password) =>
        new(source.Host, source.Port, source.DatabaseName, source.Username, password, source.SslMode);

    public static SourceTarget Of(ConnectSource asked) =>
        new(asked.Host, asked.Port, asked.DatabaseName, asked.Username, asked.Password, asked.SslMode);

    // A record prints its members; this one must not.
    public override string ToString() => $"{Username} at {Host}:{Port}/{DatabaseName}";
}
