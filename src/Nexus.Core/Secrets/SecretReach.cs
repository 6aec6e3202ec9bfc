using Nexus.Core.Access;
using Nexus.Core.Deployments;

namespace Nexus.Core.Secrets;

/// <summary>
/// What a secret holds for. Nobody changes a secret that reaches further than they do: a developer who may not deploy
/// to production can't change a value that production uses.
/// </summary>
internal sealed record SecretReach(Guid? ProjectId, DeploymentEnvironment? Environment)
{
    public string Key => $"{ProjectId:N}/{Environment}";

    /// <summary>How closely it fits, to choose among secrets of one name: the project's own before the environment's before all.</summary>
    public static int Closeness(Secret secret) => (secret.ProjectId is null ? 0 : 2) + (secret.Environment is null ? 0 : 1);

    public static SecretReach Of(Secret secret) => new(secret.ProjectId, secret.Environment);

    public void CheckWithin(Actor actor)
    {
        CheckEnvironment(actor);
        if (ProjectId is null && !AccessPolicy.SeesAllProjects(actor.Role))
        {
            throw new NexusException(
                "PROJECT_REQUIRED",
                $"The role {actor.Role} may not change secrets that hold for all projects.",
                "Give the projectId of one of yours.",
                "projectId");
        }
    }

    private void CheckEnvironment(Actor actor)
    {
        var allowed = AccessPolicy.EnvironmentsOf(actor, ProjectId);
        var wanted = Environment is { } one ? [one] : Enum.GetValues<DeploymentEnvironment>();
        if (wanted.All(allowed.Contains)) return;
        throw new NexusException(
            "ENVIRONMENT_NOT_ALLOWED",
            $"The role {actor.Role} may not change secrets of {Environment?.ToString().ToUpperInvariant() ?? "all environments"}.",
            $"Give an environment; allowed: {string.Join(", ", allowed).ToUpperInvariant()}.",
            "environment");
    }
}
