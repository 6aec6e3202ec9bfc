using Nexus.Core.Commands;
using Nexus.Core.Sources;

namespace Nexus.Core.Deployments;

/// <summary>Makes revisions from what was asked, and says how they differ from what is.</summary>
internal static class DeploymentContent
{
    public static (Revision Revision, IReadOnlyList<string> Notes) FirstRevision(
        CreateDeployment asked, ImageReference image, CommandContext context)
    {
        var (variables, note) = Variables.Check(asked.EnvVars);
        var revision = new Revision
        {
            DeploymentId = Guid.CreateVersion7(context.Now),
            Number = 1,
            Image = image.ToString(),
            Variables = variables,
            Port = DeploymentRules.Port(asked.Port),
            Command = DeploymentRules.Command(asked.Command),
            HealthCheck = DeploymentRules.HealthCheck(asked.HealthCheckType, asked.HealthCheckUrl),
            RequestedBy = context.Actor.UserId,
            CreatedAt = context.Now,
        };
        return (revision, note is null ? [] : [note]);
    }

    /// <summary>The plan of a creation. Values of variables may be secret: their names are enough.</summary>
    public static IReadOnlyList<Change> Differences(Deployment deployment, Revision revision) =>
    [
        new("name", null, deployment.Name),
        new("image", null, revision.Image),
        new("port", null, $"{revision.Port}"),
        new("environment", null, deployment.Environment.ToString().ToUpperInvariant()),
        new("provider", null, deployment.Provider),
        new("replicas", null, $"{deployment.WantedReplicas}"),
        new("healthCheck", null, Words(revision.HealthCheck)),
        .. revision.Command.Count == 0 ? [] : new[] { new Change("command", null, string.Join(' ', revision.Command)) },
        .. revision.Variables.Keys.Select(name => new Change($"envVars.{name}", null, "(set)")),
        .. deployment.AutoDestroyAt is { } due ? new[] { new Change("autoDestroyAt", null, $"{due:O}") } : [],
    ];

    private static string Words(HealthCheck check) => $"{check.Type.ToString().ToLowerInvariant()} {check.Path}".TrimEnd();
}
