using System.Globalization;
using System.Net;
using Nexus.Auth;
using Nexus.Core;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Builds;
using Nexus.Core.Databases;
using Nexus.Core.Networking;
using Nexus.Core.Providers;
using Nexus.Core.Providers.Docker;
using Nexus.Core.Rollouts;
using Nexus.Core.Secrets;
using Nexus.Core.Sources;
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
            Auth = ReadAuth(encryptionKey, previousEncryptionKey),
            Mcp = new()
            {
                AllowedOrigins = _values.List("Nexus:Mcp:AllowedOrigins"),
                AllowedHosts = _values.List("Nexus:Mcp:AllowedHosts"),
                RequestsPerMinute = _values.Number("Nexus:Mcp:RequestsPerMinute", 1, int.MaxValue),
            },
            Docker = ReadDocker(),
            Images = ReadImages(),
            AttachedDatabases = ReadAttachedDatabases(),
            Rollouts = ReadRollouts(),
            Sources = ReadSources(),
            Builds = ReadBuilds(),
            Domains = DomainSettings.Read(_values, https),
            Https = https,
            Plan = PlanSettings.Read(_values),
            Outbound = ReadOutbound(),
            Databases = ReadDatabases(),
            TrustedProxies = ReadTrustedProxies(),
            JsonLogs = _values.OneOf<LogFormat>("Nexus:Logs") == LogFormat.Json,
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

    private string? ReadConnectionString()
    {
        if (_values.Text("Nexus:Database") is not { } text) return null;
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

    private AuthOptions ReadAuth(byte[] encryptionKey, byte[]? previousEncryptionKey)
    {
        var signing = SigningSettings.Read(_values);
        var defaults = new AuthOptions { EncryptionKey = encryptionKey };
        return defaults with
        {
            PreviousEncryptionKey = previousEncryptionKey,
            SigningSecret = signing.Secret,
            NextSigningSecret = signing.Next,
            PreviousSigningSecret = signing.Previous,
            SigningAlgorithm = signing.Algorithm,
            TakesMetadataDocuments = _values.OneOf<Switch>("Nexus:Auth:MetadataDocuments") != Switch.Off,
            RegistrationsPerMinute = ReadPerMinute(nameof(AuthOptions.RegistrationsPerMinute)) ?? defaults.RegistrationsPerMinute,
            SignInsPerMinute = ReadPerMinute(nameof(AuthOptions.SignInsPerMinute)) ?? defaults.SignInsPerMinute,
            DocumentFetchesPerMinute = ReadPerMinute(nameof(AuthOptions.DocumentFetchesPerMinute)) ?? defaults.DocumentFetchesPerMinute,
            DevicesPerMinute = ReadPerMinute(nameof(AuthOptions.DevicesPerMinute)) ?? defaults.DevicesPerMinute,
            UserCodesPerMinute = ReadPerMinute(nameof(AuthOptions.UserCodesPerMinute)) ?? defaults.UserCodesPerMinute,
            StaticClient = ReadStaticClient(),
            Owner = ReadOwner(),
        };
    }

    private int? ReadPerMinute(string name) => _values.Number($"Nexus:Auth:{name}", 1, 1_000_000);

    private StaticClientOptions? ReadStaticClient()
    {
        var clientId = _values.Text("OAUTH_CLIENT_ID");
        var redirectUris = _values.Text("OAUTH_REDIRECT_URIS")?
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (clientId is null)
        {
            if (redirectUris.Length > 0 || _values.Text("OAUTH_CLIENT_SECRET") is not null)
                _values.Complain("OAUTH_CLIENT_ID", "is missing.", "Set it with OAUTH_REDIRECT_URIS, or leave all three out.");
            return null;
        }

        if (redirectUris.Length == 0)
            _values.Complain("OAUTH_REDIRECT_URIS", "is missing.", "Give the client's redirect URIs, with commas between them.");
        foreach (var uri in redirectUris.Where(uri => !Uri.TryCreate(uri, UriKind.Absolute, out _)))
            _values.Complain("OAUTH_REDIRECT_URIS", $"contains {uri}, which is not an absolute URI.", "Write each with its scheme.");
        return new(clientId, _values.Text("OAUTH_CLIENT_SECRET"), redirectUris);
    }

    private OwnerOptions? ReadOwner()
    {
        var (email, password) = (_values.Text("Nexus:Owner:Email"), _values.Text("Nexus:Owner:Password"));
        if (email is null && password is null) return null;
        if (email is null || !email.Contains('@'))
            _values.Complain("Nexus:Owner:Email", "is missing or not an e-mail address.", "Set it, or leave the password out too.");
        if (password is null || password.Length < 12)
            _values.Complain("Nexus:Owner:Password", "is missing or shorter than 12 characters.", "Choose a longer one.");
        return new(email ?? "", password ?? "");
    }

    private DockerOptions ReadDocker()
    {
        var defaults = new DockerOptions();
        var options = defaults with
        {
            Host = _values.Text("Nexus:Docker:Host") ?? _values.Text("DOCKER_HOST") ?? defaults.Host,
            Reach = _values.OneOf<DockerReach>("Nexus:Docker:Reach") ?? defaults.Reach,
            Builder = _values.OneOf<DockerBuilderKind>("Nexus:Docker:Builder") ?? defaults.Builder,
            PublishAddress = ReadPublishAddress() ?? defaults.PublishAddress,
            PullTimeout = ReadSeconds("Nexus:Docker:PullTimeoutSeconds") ?? defaults.PullTimeout,
            PullStallTimeout = ReadSeconds("Nexus:Docker:PullStallTimeoutSeconds") ?? defaults.PullStallTimeout,
            GuardHost = _values.OneOf<Switch>("Nexus:Docker:GuardHost") == Switch.On,
            HostPorts = ReadHostPorts(),
        };
        if (options.GuardHost && !(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && options.Host.StartsWith("unix://", StringComparison.Ordinal)))
            _values.Complain("Nexus:Docker:GuardHost", "needs root on the Linux machine that the engine runs on.", "Turn it off, and see docs/security.md for the rules.");
        return options;
    }

    private int[] ReadHostPorts()
    {
        const int MostPorts = 15; // Of one rule of iptables.
        var ports = _values.List("Nexus:Docker:HostPorts");
        if (ports.Count <= MostPorts && ports.All(port => ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
            return [.. ports.Select(port => int.Parse(port, CultureInfo.InvariantCulture))];
        _values.Complain("Nexus:Docker:HostPorts", $"is not a list of up to {MostPorts} ports.", "Write 80,443");
        return [];
    }

    private string? ReadPublishAddress()
    {
        if (_values.Text("Nexus:Docker:PublishAddress") is not { } text) return null;
        if (IPAddress.TryParse(text, out var address)) return address.ToString();
        _values.Complain("Nexus:Docker:PublishAddress", "is not an IP address.", "Give the engine's own, like 127.0.0.1 or 10.0.0.5.");
        return null;
    }

    private TimeSpan? ReadSeconds(string setting) =>
        _values.Number(setting, 1, 24 * 3600) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private ImageOptions ReadImages()
    {
        var defaults = new ImageOptions();
        var options = defaults with
        {
            Pull = _values.OneOf<PullPolicy>("Nexus:Images:Pull") ?? defaults.Pull,
            KeepRevisions = _values.Number("Nexus:Images:KeepRevisions", 1, 1000) ?? defaults.KeepRevisions,
            AllowedPrefixes = _values.List("Nexus:Images:AllowedPrefixes"),
        };
        try
        {
            _ = new ImagePolicy(options);
        }
        catch (FormatException)
        {
            _values.Complain(
                "Nexus:Images:AllowedPrefixes", "contains what is no image prefix.", "Write ghcr.io/acme/ or ghcr.io/acme/web: or *");
        }

        return options;
    }

    private AttachedDatabaseOptions ReadAttachedDatabases()
    {
        var defaults = new AttachedDatabaseOptions();
        return new()
        {
            Mysql = ReadImage("Nexus:AttachedDatabases:Mysql") ?? defaults.Mysql,
            Postgresql = ReadImage("Nexus:AttachedDatabases:Postgresql") ?? defaults.Postgresql,
            Mongodb = ReadImage("Nexus:AttachedDatabases:Mongodb") ?? defaults.Mongodb,
            Redis = ReadImage("Nexus:AttachedDatabases:Redis") ?? defaults.Redis,
        };
    }

    private string? ReadImage(string setting)
    {
        if (_values.Text(setting) is not { } text) return null;
        try
        {
            return ImageReference.Parse(text).ToString();
        }
        catch (NexusException)
        {
            _values.Complain(setting, "is not an image with a tag or digest.", "Write it like postgres:17 or registry.example.com/postgres:17.");
            return null;
        }
    }

    private RolloutOptions ReadRollouts() =>
        _values.Number("Nexus:Rollouts:HealthTimeoutSeconds", 1, 3600) is { } seconds
            ? new() { HealthTimeout = TimeSpan.FromSeconds(seconds) }
            : new();

    private SourceLimits ReadSources()
    {
        var defaults = new SourceLimits();
        return defaults with
        {
            LargestBytes = ReadMebibytes("Nexus:Sources:LargestMiB", 1) ?? defaults.LargestBytes,
            MostFiles = _values.Number("Nexus:Sources:MostFiles", 1, 1_000_000) ?? defaults.MostFiles,
            FetchTime = ReadSeconds("Nexus:Sources:FetchTimeSeconds") ?? defaults.FetchTime,
        };
    }

    private BuildOptions ReadBuilds()
    {
        var defaults = new BuildOptions();
        return defaults with
        {
            Time = ReadSeconds("Nexus:Builds:TimeSeconds") ?? defaults.Time,
            AtOnce = _values.Number("Nexus:Builds:AtOnce", 1, 100) ?? defaults.AtOnce,
            MemoryBytes = ReadMebibytes("Nexus:Builds:MemoryMiB", 16),
        };
    }

    private long? ReadMebibytes(string setting, int least) =>
        _values.Number(setting, least, 1024 * 1024) is { } number ? number * 1024L * 1024 : null;

    private OutboundOptions ReadOutbound()
    {
        var file = _values.Text("Nexus:Outbound:AuthoritiesFile");
        if (file is not null && !OutboundOptions.IsAuthoritiesFile(file))
            _values.Complain("Nexus:Outbound:AuthoritiesFile", "is not a file of certificates.", "Give the path of a PEM file.");
        return new() { AllowedHosts = _values.List("Nexus:Outbound:AllowedHosts"), AuthoritiesFile = file };
    }

    private ExternalDatabaseOptions ReadDatabases()
    {
        var defaults = new ExternalDatabaseOptions();
        return defaults with
        {
            AllowedHosts = _values.List("Nexus:Databases:AllowedHosts"),
            AuthoritiesFile = _values.Text("Nexus:Outbound:AuthoritiesFile"),
            StatementTimeout = _values.Number("Nexus:Databases:StatementTimeoutSeconds", 1, 600) is { } seconds
                ? TimeSpan.FromSeconds(seconds) : defaults.StatementTimeout,
            QueriesPerSource = _values.Number("Nexus:Databases:QueriesPerSource", 1, 100) ?? defaults.QueriesPerSource,
            Model = ModelSettings.Read(_values),
        };
    }

    private IReadOnlyList<string> ReadTrustedProxies()
    {
        var proxies = _values.List("Nexus:TrustedProxies");
        foreach (var proxy in proxies.Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)))
            _values.Complain("Nexus:TrustedProxies", $"{proxy} is neither an address nor a network.", "Write 192.0.2.7 or 192.0.2.0/24.");
        return proxies;
    }

    private enum Switch
    {
        On,
        Off,
    }

    private enum LogFormat
    {
        Text,
        Json,
    }
}
