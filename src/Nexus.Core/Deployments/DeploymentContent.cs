using Nexus.Core.Builds;
using Nexus.Core.Commands;
using Nexus.Core.Sources;
using Nexus.Core.Uploads;

namespace Nexus.Core.Deployments;

/// <summary>Makes revisions: the first from what was asked, later ones from the one before.</summary>
internal static class DeploymentContent
{
    private static readonly Dictionary<string, string> NoVariables = [];

    public static (Revision Revision, IReadOnlyList<string> Notes) FirstRevision(
        CreateDeployment asked, ImageReference image, CommandContext context)
    {
        var (variables, notes) = Variables.Check(NoVariables, asked.EnvVars);
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
        return (revision, notes);
    }

    public static (Revision Revision, IReadOnlyList<string> Notes) FirstRevision(
        DeploySource asked, SourceRecipe source, CommandContext context)
    {
        var (variables, notes) = Variables.Check(NoVariables, asked.EnvVars);
        var deploymentId = Guid.CreateVersion7(context.Now);
        var revision = new Revision
        {
            DeploymentId = deploymentId,
            Number = 1,
            Image = BuildTag.Of(deploymentId, 1),
            Source = source,
            UploadId = UploadReference.IdOf(source.RepoUrl),
            Variables = variables,
            Port = source.Port ?? 0,
            Command = [],
            HealthCheck = DeploymentRules.HealthCheck(asked.HealthCheckType, asked.HealthCheckUrl),
            RequestedBy = context.Actor.UserId,
            CreatedAt = context.Now,
        };
        return (revision, notes);
    }

    /// <summary>The content of <paramref name="current"/> with the overrides. Its image is resolved again, or built afresh where there is a <paramref name="source"/>.</summary>
    public static (Revision Revision, IReadOnlyList<string> Notes) NextRevision(
        RedeployDeployment asked, Revision current, ImageReference? image, SourceRecipe? source, int number, CommandContext context)
    {
        var (variables, notes) = Variables.Check(current.Variables, asked.EnvVars);
        // A command is for the image that it came with.
        var command = (source is null) == (current.Source is null) ? current.Command : [];
        var revision = new Revision
        {
            DeploymentId = current.DeploymentId,
            Number = number,
            Image = image?.ToString() ?? BuildTag.Of(current.DeploymentId, number),
            Source = source,
            UploadId = UploadReference.IdOf(source?.RepoUrl),
            Variables = variables,
            Port = source is null ? DeploymentRules.Port(asked.Port ?? current.Port) : source.Port ?? 0,
            Command = asked.Command is null ? command : DeploymentRules.Command(asked.Command),
            HealthCheck = DeploymentRules.HealthCheck(asked, current.HealthCheck),
            RequestedBy = context.Actor.UserId,
            CreatedAt = context.Now,
        };
        return (revision, notes);
    }

    /// <summary>The same content under a new number, image and all.</summary>
    public static Revision Copy(RollbackTarget target, int number, CommandContext context)
    {
        var older = target.Revision;
        return new()
        {
            DeploymentId = older.DeploymentId,
            Number = number,
            CopyOf = older.Origin,
            Image = older.Image,
            Source = older.Source,
            UploadId = older.UploadId,
            Commit = older.Commit,
            ResolvedImage = older.ResolvedImage,
            OwnsImage = !target.HasImage,
            ExposedPorts = older.ExposedPorts,
            Variables = older.Variables,
            Port = older.Port,
            Command = older.Command,
            HealthCheck = older.HealthCheck,
            RequestedBy = context.Actor.UserId,
            CreatedAt = context.Now,
        };
    }
}
