namespace Nexus.Core.Databases.Sources;

/// <summary>A source to register.</summary>
public sealed record ConnectSource(
    string Name, string Host, string DatabaseName, string Username, string Password,
    int Port = ConnectSource.DefaultPort, DatabaseSslMode SslMode = DatabaseSslMode.Require,
    DatabaseEngine Engine = DatabaseEngine.Postgresql)
{
    public const int DefaultPort = 5432;
    public const int HighestPort = 65535;

    // A record prints its members; this one must not.
    public override string ToString() => $"ConnectSource {Name}";
}
