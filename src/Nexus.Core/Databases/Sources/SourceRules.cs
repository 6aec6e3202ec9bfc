namespace Nexus.Core.Databases.Sources;

/// <summary>What a source may be called, and where it may say that it is. Whether one may go there is asked of its addresses.</summary>
internal static class SourceRules
{
    public const int LongestName = 64;
    public const int LongestHost = 253;
    public const int LongestIdentifier = 128;
    private const int LongestPassword = 1024;

    public static void Check(ConnectSource asked)
    {
        Text("name", asked.Name, LongestName);
        Text("dbName", asked.DatabaseName, LongestIdentifier);
        Text("username", asked.Username, LongestIdentifier);
        Text("password", asked.Password, LongestPassword);
        if (asked.Name.Trim() != asked.Name)
            throw SourceErrors.Invalid("name", "name begins or ends with a space.", "Leave the space out.");
        if (!IsHost(asked.Host))
            throw SourceErrors.Invalid("host", "host is not a host name or an address.", "Write it like db.example.com, without scheme, port and path.");
        if (asked.Port is < 1 or > ConnectSource.HighestPort)
            throw SourceErrors.Invalid("port", $"port is {asked.Port}; 1 to {ConnectSource.HighestPort} are allowed.", "PostgreSQL's own is 5432.");
    }

    public static bool IsHost(string host) =>
        host.Length <= LongestHost && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;

    private static void Text(string field, string value, int longest)
    {
        if (value.Length == 0) throw SourceErrors.Invalid(field, $"{field} is empty.", $"Give the {field}.");
        if (value.Length > longest) throw SourceErrors.Invalid(field, $"{field} is longer than {longest} characters.", "Shorten it.");
        if (value.Any(char.IsControl)) throw SourceErrors.Invalid(field, $"{field} has control characters.", "Leave them out.");
    }
}
