using Nexus.Core.Builds;

namespace Nexus.Core.Deployments;

/// <summary>An immutable version of a deployment's content, numbered from 1. What the image resolved to is filled in later, once.</summary>
public sealed class Revision
{
    public required Guid DeploymentId { get; init; }
    public required int Number { get; init; }

    /// <summary>The image as it was asked for, with its tag or digest; of a revision that is built, the tag that it is built under.</summary>
    public required string Image { get; init; }

    /// <summary>How the image is made; null where it is taken as it is.</summary>
    public SourceRecipe? Source { get; init; }

    /// <summary>The upload that <see cref="Source"/> names, which is kept for it; null where it names none.</summary>
    public Guid? UploadId { get; init; }

    /// <summary>The commit that was fetched, once it was; null also for what is no repository.</summary>
    public string? Commit { get; set; }

    /// <summary>What the image resolved to when it was first deployed: a digest reference or an image id. This is what runs.</summary>
    public string? ResolvedImage { get; set; }

    /// <summary>The TCP ports that the image declares; known once it is resolved.</summary>
    public IReadOnlyList<int> ExposedPorts { get; set; } = [];

    /// <summary>
    /// Whether the engine got the image for this revision, so that clean-up may take it away again. What an operator put there stays.
    /// </summary>
    public bool OwnsImage { get; set; }

    /// <summary>The revision whose content a rollback brought back; null where the content is its own.</summary>
    public int? CopyOf { get; init; }

    /// <summary>When it first took traffic with all its replicas healthy; null where it never did.</summary>
    public DateTimeOffset? ServedAt { get; set; }

    /// <summary>The revision that its content was made for.</summary>
    public int Origin => CopyOf ?? Number;

    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>0 until the build has found out where the application listens.</summary>
    public required int Port { get; set; }

    /// <summary>Replaces the image's command; empty for the image's own.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public required HealthCheck HealthCheck { get; init; }
    public required Guid RequestedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
