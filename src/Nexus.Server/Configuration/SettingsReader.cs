using System.Net;
using System.Runtime.CompilerServices;
using Nexus.Core;
using Nexus.Core.Secrets;
using Npgsql;

namespace Nexus.Server.Configuration;

/// <summary>Reads and checks all settings at once, so that a person mends them in one go.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly SettingValues _values = new(configuration);

    /// <summary>Throws <see cref="SettingsException"/> with every problem found.</summary>
    public ServerSettings Read()
    {
        _values.RefuseUnknown(KnownSettings.Names);
        var dataDirectory = Path.GetFullPath(_values.Text("Nexus:DataDirectory") ?? "data");
        var encryptionKey = EncryptionKeyFile.Read(_values, dataDirectory);
        var previousEncryptionKey = EncryptionKeyFile.ReadPrevious(_values);
        var port = _values.Number("Nexus:Port", 1, 65535) ?? 8080;
        var https = HttpsSettings.Read(_values);
        var settings = new ServerSettings
        {
            Roles = ReadRoles(),
            ListenUrl = $"http://{_values.Text("Nexus:Listen") ?? "localhost"}:{port}",
            Addresses = ReadAddresses(port),
            Database = new() { DataDirectory = dataDirectory, ConnectionString = ReadConnectionString() },
            Vault = new(new VaultKey(encryptionKey), previousEncryptionKey is { } previous ? new VaultKey(previous) : null),
            Auth = AuthSettings.Read(_values, encryptionKey, previousEncryptionKey),
            Mcp = new()
            {
                AllowedOrigins = _values.List("Nexus:Mcp:AllowedOrigins"),
                AllowedHosts = _values.List("Nexus:Mcp:AllowedHosts"),
                RequestsPerMinute = _values.Number("Nexus:Mcp:RequestsPerMinute", 1, int.MaxValue),
            },
            Docker = DockerSettings.Read(_values),
            Images = ImageSettings.Read(_values),
            AttachedDatabases = ImageSettings.ReadAttachedDatabases(_values),
            Rollouts = WorkSettings.ReadRollouts(_values),
            Sources = WorkSettings.ReadSources(_values),
            Builds = WorkSettings.ReadBuilds(_values),
            Uploads = WorkSettings.ReadUploads(_values),
            Domains = DomainSettings.Read(_values, https),
            Https = https,
            Plan = PlanSettings.Read(_values),
            Outbound = OutboundSettings.Read(_values),
            Databases = OutboundSettings.ReadDatabases(_values),
            TrustedProxies = ReadTrustedProxies(),
            JsonLogs = _values.OneOf<LogFormat>("Nexus:Logs") == LogFormat.Json,
            Telemetry = _values.Text("OTEL_EXPORTER_OTLP_ENDPOINT") is not null,
        };
        return _values.Problems.Count == 0 ? settings : throw new SettingsException(_values.Problems);
    }

    private ServerRole ReadRoles()
    {
        var names = (_values.Text("Nexus:Roles") ?? nameof(ServerRole.All))
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var roles = ServerRole.None;
        foreach (var name in names)
        {
            if (Enum.TryParse<ServerRole>(name, ignoreCase: true, out var role) && !int.TryParse(name, out _)) roles |= role;
            else _values.Complain("Nexus:Roles", $"there is no role {name}.", "Use some of auth, mcp, worker, ingress, with commas.");
        }

        if (names.Length == 0) _values.Complain("Nexus:Roles", "names no role.", "Leave it out for all.");
        return roles;
    }

    private ServerAddresses ReadAddresses(int port)
    {
        var url = _values.Origin("Nexus:Url") ?? $"http://localhost:{port}";
        var issuer = _values.Address("OAUTH_ISSUER") ?? url;
        var appsDomain = _values.Text("Nexus:AppsDomain") ?? "localhost";
        if (Uri.CheckHostName(appsDomain) != UriHostNameType.Dns)
            _values.Complain("Nexus:AppsDomain", "is not a domain name.", "Give one like apps.example.com, without scheme and port.");
        return new(url, _values.Origin("MCP_ORIGIN") ?? url, issuer, appsDomain.ToLowerInvariant());
    }

    private string? ReadConnectionString() => _values.Text("Nexus:Database") is { } text ? ReadPostgreSql(text) : null;

    // By itself, so that Npgsql isn't loaded where the database is SQLite.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private string? ReadPostgreSql(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).ConnectionString;
        }
        catch (ArgumentException)
        {
            _values.Complain(
                "Nexus:Database",
                "is not a PostgreSQL connection string.",
                "Write it as Host=…;Database=…;Username=…;Password=…, or leave it out for SQLite.");
            return null;
        }
    }

    private IReadOnlyList<string> ReadTrustedProxies()
    {
        var proxies = _values.List("Nexus:TrustedProxies");
        foreach (var proxy in proxies.Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)))
            _values.Complain("Nexus:TrustedProxies", $"{proxy} is neither an address nor a network.", "Write 192.0.2.7 or 192.0.2.0/24.");
        return proxies;
    }

    private enum LogFormat
    {
        Text,
        Json,
    }
}
