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
        "Nexus:Docker:Host",
        "Nexus:Docker:Reach",
        "Nexus:Images:Pull",
        "Nexus:Images:AllowedPrefixes",
    ];
}
