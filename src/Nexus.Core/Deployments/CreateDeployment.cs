using Nexus.Core.AttachedDatabases;

namespace Nexus.Core.Deployments;

/// <summary>What can be asked of a new deployment from an image. What is null gets a default.</summary>
public sealed record CreateDeployment
{
    /// <summary>With a tag or a digest.</summary>
    public required string Image { get; init; }

    /// <summary>The port that the application listens on in its container, 1 to 65535.</summary>
    public required int Port { get; init; }

    public string? Name { get; init; }
    public Guid? ProjectId { get; init; }
    public DeploymentEnvironment? Environment { get; init; }

    /// <summary>One whose value is null counts as left out.</summary>
    public IReadOnlyDictionary<string, string?>? EnvVars { get; init; }
    public string? Provider { get; init; }
    public string? Region { get; init; }
    public int? Replicas { get; init; }
    public HealthCheckType? HealthCheckType { get; init; }

    /// <summary>The path of an HTTP check, starting with a slash.</summary>
    public string? HealthCheckUrl { get; init; }

    public IReadOnlyList<string>? Command { get; init; }
    public int? AutoDestroyHours { get; init; }

    /// <summary>Databases to run beside it, at most one of a kind.</summary>
    public IReadOnlyList<AttachedDatabaseKind>? Services { get; init; }

    /// <summary>The same without values that may be secret.</summary>
    internal CreateDeployment ForAudit() => this with { EnvVars = Concealed.Variables(EnvVars), Command = Concealed.Command(Command) };
}
