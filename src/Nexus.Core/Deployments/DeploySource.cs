using Nexus.Core.AttachedDatabases;
using Nexus.Core.Builds;

namespace Nexus.Core.Deployments;

/// <summary>What can be asked of a new deployment that is built from a repository or an upload. What is null gets a default.</summary>
public sealed record DeploySource
{
    /// <summary>Of a repository, or <c>upload:ID</c>.</summary>
    public required string RepoUrl { get; init; }
    public string? RepoBranch { get; init; }

    /// <summary>The secret that opens the repository: a token, or <c>user:token</c>.</summary>
    public string? RepoSecretName { get; init; }

    public string? Name { get; init; }
    public Guid? ProjectId { get; init; }
    public DeploymentEnvironment? Environment { get; init; }

    /// <summary>Where the application listens; null for what the build finds.</summary>
    public int? Port { get; init; }

    /// <summary>One whose value is null counts as left out. They are there at run time only, never in the build.</summary>
    public IReadOnlyDictionary<string, string?>? EnvVars { get; init; }

    public string? Provider { get; init; }
    public string? Region { get; init; }
    public int? AutoDestroyHours { get; init; }

    /// <summary>Databases beside it.</summary>
    public IReadOnlyList<AttachedDatabaseKind>? Services { get; init; }

    public string? Framework { get; init; }
    public string? Dockerfile { get; init; }
    public string? InstallCommand { get; init; }
    public string? BuildCommand { get; init; }
    public string? StartCommand { get; init; }
    public string? OutputDir { get; init; }
    public HealthCheckType? HealthCheckType { get; init; }

    /// <summary>The path of an HTTP check, starting with a slash.</summary>
    public string? HealthCheckUrl { get; init; }

    internal SourceRecipe Recipe() => new()
    {
        RepoUrl = RepoUrl,
        Branch = RepoBranch,
        SecretName = RepoSecretName,
        Dockerfile = Dockerfile,
        Framework = Framework,
        InstallCommand = InstallCommand,
        BuildCommand = BuildCommand,
        StartCommand = StartCommand,
        OutputDir = OutputDir,
        Port = Port,
    };

    /// <summary>The same without what may be secret: somebody may have put a token into the address.</summary>
    internal DeploySource ForAudit() => this with
    {
        RepoUrl = RepoUrl.Contains('@') ? Concealed.Text(RepoUrl)! : RepoUrl,
        Dockerfile = Concealed.Text(Dockerfile),
        EnvVars = Concealed.Variables(EnvVars),
        InstallCommand = Concealed.Command(InstallCommand),
        BuildCommand = Concealed.Command(BuildCommand),
        StartCommand = Concealed.Command(StartCommand),
    };
}
