using Nexus.Core.Sources.Frameworks;

namespace Nexus.Core.Builds;

/// <summary>How a revision's image is made: where its source is, and what the caller wants otherwise than found. It names a secret at most.</summary>
public sealed record SourceRecipe
{
    /// <summary>Of a repository, or <c>upload:ID</c>; null where the source is <see cref="Code"/>.</summary>
    public string? RepoUrl { get; init; }

    /// <summary>A branch, a tag or a full commit id; null for the default branch.</summary>
    public string? Branch { get; init; }

    /// <summary>The secret that opens the repository.</summary>
    public string? SecretName { get; init; }

    /// <summary>The application's one file, instead of a repository.</summary>
    public string? Code { get; init; }

    /// <summary>A Dockerfile to use instead of the source's own.</summary>
    public string? Dockerfile { get; init; }

    public string? Framework { get; init; }
    public string? InstallCommand { get; init; }
    public string? BuildCommand { get; init; }
    public string? StartCommand { get; init; }
    public string? OutputDir { get; init; }

    /// <summary>The port that was asked for; null to take what the build finds.</summary>
    public int? Port { get; init; }

    internal BuildWishes Wishes() => new()
    {
        Framework = Framework,
        InstallCommand = InstallCommand,
        BuildCommand = BuildCommand,
        StartCommand = StartCommand,
        OutputDir = OutputDir,
        Port = Port,
    };
}
