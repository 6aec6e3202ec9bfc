namespace Nexus.Server.Configuration;

/// <summary>Every setting under <c>Nexus</c>; a test holds <c>appsettings.example.json</c> against it.</summary>
internal static class KnownSettings
{
    public static IReadOnlyCollection<string> Names { get; } =
    [
        "Nexus:Url",
        "Nexus:Listen",
        "Nexus:Port",
        "Nexus:DataDirectory",
        "Nexus:Database",
        "Nexus:AppsDomain",
        "Nexus:Roles",
        "Nexus:Logs",
        "Nexus:Owner:Email",
        "Nexus:Owner:Password",
        "Nexus:TrustedProxies",
        "Nexus:Mcp:AllowedOrigins",
        "Nexus:Mcp:AllowedHosts",
        "Nexus:Mcp:RequestsPerMinute",
        "Nexus:Docker:Host",
        "Nexus:Docker:Reach",
        "Nexus:Docker:PublishAddress",
        "Nexus:Docker:PullTimeoutSeconds",
        "Nexus:Docker:PullStallTimeoutSeconds",
        "Nexus:Docker:GuardHost",
        "Nexus:Docker:HostPorts",
        "Nexus:Images:Pull",
        "Nexus:Images:KeepRevisions",
        "Nexus:Images:AllowedPrefixes",
        "Nexus:Rollouts:HealthTimeoutSeconds",
        "Nexus:Auth:MetadataDocuments",
        "Nexus:Databases:AllowedHosts",
        "Nexus:Databases:StatementTimeoutSeconds",
        "Nexus:Databases:QueriesPerSource",
        "Nexus:Outbound:AllowedHosts",
        "Nexus:Outbound:AuthoritiesFile",
    ];

    /// <summary>Those that the public documents name, which stand by themselves.</summary>
    public static IReadOnlyCollection<string> FromTheDocuments { get; } =
    [
        "MCP_ORIGIN",
        "OAUTH_ISSUER",
        "OAUTH_SIGNING_SECRET",
        "OAUTH_SIGNING_SECRET_NEXT",
        "OAUTH_SIGNING_SECRET_PREVIOUS",
        "OAUTH_SIGNING_ALGORITHM",
        "OAUTH_CLIENT_ID",
        "OAUTH_CLIENT_SECRET",
        "OAUTH_REDIRECT_URIS",
        "ENCRYPTION_KEY",
        "ENCRYPTION_KEY_PREVIOUS",
    ];
}
