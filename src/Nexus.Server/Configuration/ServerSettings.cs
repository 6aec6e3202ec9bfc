using Nexus.Auth;
using Nexus.Core;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Builds;
using Nexus.Core.Databases;
using Nexus.Core.Domains;
using Nexus.Core.Networking;
using Nexus.Core.Plans;
using Nexus.Core.Providers.Docker;
using Nexus.Core.Rollouts;
using Nexus.Core.Secrets;
using Nexus.Core.Sources;
using Nexus.Core.Storage;
using Nexus.Core.Uploads;
using Nexus.Mcp;

namespace Nexus.Server.Configuration;

/// <summary>Everything that the server was told, checked.</summary>
internal sealed record ServerSettings
{
    public required ServerRole Roles { get; init; }

    /// <summary>The addresses that Kestrel listens on.</summary>
    public required string ListenUrl { get; init; }

    public required ServerAddresses Addresses { get; init; }
    public required DatabaseOptions Database { get; init; }
    public required VaultOptions Vault { get; init; }
    public required AuthOptions Auth { get; init; }
    public required McpOptions Mcp { get; init; }
    public required DockerOptions Docker { get; init; }
    public required ImageOptions Images { get; init; }
    public required AttachedDatabaseOptions AttachedDatabases { get; init; }
    public required RolloutOptions Rollouts { get; init; }
    public required PlanOptions Plan { get; init; }
    public required SourceLimits Sources { get; init; }
    public required BuildOptions Builds { get; init; }
    public required UploadOptions Uploads { get; init; }
    public required DomainOptions Domains { get; init; }

    /// <summary>Null where TLS is left to a reverse proxy.</summary>
    public required HttpsSettings? Https { get; init; }

    public required OutboundOptions Outbound { get; init; }
    public required ExternalDatabaseOptions Databases { get; init; }

    /// <summary>Proxies whose forwarded headers are believed, as addresses or networks.</summary>
    public required IReadOnlyList<string> TrustedProxies { get; init; }

    /// <summary>Logs as JSON lines instead of text.</summary>
    public required bool JsonLogs { get; init; }

    /// <summary>Whether traces and metrics are exported: whether the field's <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to.</summary>
    public required bool Telemetry { get; init; }

    public bool Plays(ServerRole role) => Roles.HasFlag(role);
}
