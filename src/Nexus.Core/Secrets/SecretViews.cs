using Nexus.Core.Commands;
using Nexus.Core.Deployments;

namespace Nexus.Core.Secrets;

/// <summary>A secret as callers see it: everything but its value.</summary>
public sealed record SecretSummary(
    Guid Id, string Name, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    Guid? ProjectId = null, DeploymentEnvironment? Environment = null)
{
    internal static SecretSummary Of(Secret secret) => new(
        secret.Id, secret.Name, secret.Version, secret.CreatedAt, secret.UpdatedAt, secret.ProjectId, secret.Environment);
}

/// <summary>What a command did to a secret, or with a dry run would do.</summary>
public sealed record SecretResult(SecretSummary Secret, bool DryRun, IReadOnlyList<Change> Plan);

/// <summary>A secret to make.</summary>
public sealed record CreateSecret(string Name, string Value, Guid? ProjectId = null, DeploymentEnvironment? Environment = null)
{
    // A record prints its members; this one must not.
    public override string ToString() => $"CreateSecret {Name}";
}

/// <summary>Narrows a list of secrets to those that hold for a project or an environment alone.</summary>
public sealed record SecretFilter(Guid? ProjectId = null, DeploymentEnvironment? Environment = null)
{
    internal IQueryable<Secret> Apply(IQueryable<Secret> secrets)
    {
        if (ProjectId is { } project) secrets = secrets.Where(secret => secret.ProjectId == project);
        if (Environment is { } environment) secrets = secrets.Where(secret => secret.Environment == environment);
        return secrets;
    }
}
