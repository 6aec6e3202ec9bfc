namespace Nexus.Core.Deployments;

/// <summary>An immutable version of a deployment's content, numbered from 1. What the image resolved to is filled in later, once.</summary>
public sealed class Revision
{
    public required Guid DeploymentId { get; init; }
    public required int Number { get; init; }

    /// <summary>The image as it was asked for, with its tag or digest.</summary>
    public required string Image { get; init; }

    /// <summary>What the image resolved to when it was first deployed: a digest reference or an image id. This is what runs.</summary>
    public string? ResolvedImage { get; set; }

    /// <summary>The TCP ports that the image declares; known once it is resolved.</summary>
    public IReadOnlyList<int> ExposedPorts { get; set; } = [];

    public required IReadOnlyDictionary<string, string> Variables { get; init; }
    public required int Port { get; init; }

    /// <summary>Replaces the image's command; empty for the image's own.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public required HealthCheck HealthCheck { get; init; }
    public required Guid RequestedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
