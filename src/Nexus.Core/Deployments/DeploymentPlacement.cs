using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Projects;
using Nexus.Core.Providers;

namespace Nexus.Core.Deployments;

/// <summary>Finds a new deployment its project, name, host and provider.</summary>
internal sealed class DeploymentPlacement(ServerAddresses addresses)
{
    public async Task<Deployment> PlaceAsync(
        CreateDeployment asked, Revision revision, IDeploymentProvider provider, CommandContext context,
        CancellationToken cancellationToken)
    {
        var environment = CheckEnvironment(asked.Environment ?? DeploymentEnvironment.Development, context.Actor);
        CheckProvider(provider, asked.Region, context.Actor);
        var project = await FindProjectAsync(asked.ProjectId, context, cancellationToken);
        var name = await ChooseNameAsync(asked, context, cancellationToken);
        return new Deployment
        {
            Id = revision.DeploymentId,
            OrganizationId = context.Actor.OrganizationId,
            ProjectId = project.Id,
            Name = name,
            HostLabel = await ChooseHostLabelAsync(name, context, cancellationToken),
            Environment = environment,
            Provider = provider.Id,
            Region = asked.Region,
            Wanted = WantedState.Running,
            WantedReplicas = DeploymentRules.Replicas(asked.Replicas),
            TargetRevision = revision.Number,
            AutoDestroyAt = DeploymentRules.AutoDestroyAt(asked.AutoDestroyHours, context.Now),
            Generation = 1,
            Status = DeploymentStatus.Queued,
            CreatedAt = context.Now,
            UpdatedAt = context.Now,
            NextPassAt = context.Now,
        };
    }

    private static DeploymentEnvironment CheckEnvironment(DeploymentEnvironment environment, Actor actor)
    {
        var allowed = AccessPolicy.EnvironmentsOf(actor.Role);
        if (allowed.Contains(environment)) return environment;
        throw new NexusException(
            "ENVIRONMENT_NOT_ALLOWED",
            $"The role {actor.Role} may not deploy to {environment.ToString().ToUpperInvariant()}.",
            $"Allowed: {string.Join(", ", allowed).ToUpperInvariant()}. An Owner or Admin can grant more.",
            "environment");
    }

    private static void CheckProvider(IDeploymentProvider provider, string? region, Actor actor)
    {
        if (!AccessPolicy.AllowsProvider(actor.Role, provider.Id))
        {
            throw new NexusException(
                "PROVIDER_NOT_ALLOWED",
                $"The role {actor.Role} may not deploy to {provider.Id}.",
                "List the providers to see which ones you may use.",
                "provider");
        }

        if (region is null || provider.Regions.Contains(region)) return;
        throw DeploymentErrors.Invalid(
            "region",
            $"{provider.Id} has no such region.",
            provider.Regions.Count == 0 ? "Leave region out." : $"It has: {string.Join(", ", provider.Regions)}.");
    }

    private static async Task<Project> FindProjectAsync(
        Guid? projectId, CommandContext context, CancellationToken cancellationToken)
    {
        var visible = context.Db.Projects.VisibleTo(context.Actor);
        if (projectId is { } id)
        {
            return await visible.FirstOrDefaultAsync(project => project.Id == id, cancellationToken)
                ?? throw DeploymentErrors.ProjectNotFound();
        }

        return await visible.OrderBy(project => project.Id).FirstOrDefaultAsync(cancellationToken)
            ?? throw DeploymentErrors.NoProject();
    }

    private static async Task<string> ChooseNameAsync(
        CreateDeployment asked, CommandContext context, CancellationToken cancellationToken)
    {
        var wanted = asked.Name is { } given ? DeploymentName.Check(given) : DeploymentName.From(ImageName(asked.Image));
        var taken = await context.Db.Deployments
            .Where(deployment => deployment.OrganizationId == context.Actor.OrganizationId
                && deployment.DeletedAt == null
                && deployment.Name.StartsWith(wanted))
            .Select(deployment => deployment.Name)
            .ToHashSetAsync(cancellationToken);
        var free = DeploymentName.FirstFree(wanted, taken);
        return asked.Name is null || free == wanted ? free : throw DeploymentErrors.NameTaken(wanted, free);
    }

    /// <summary>Host names are the server's, names the organisation's: where another has the label, a few letters are added.</summary>
    private async Task<string> ChooseHostLabelAsync(
        string name, CommandContext context, CancellationToken cancellationToken)
    {
        var taken = addresses.Owns(name)
            || await context.Db.Deployments.AnyAsync(
                deployment => deployment.HostLabel == name && deployment.DeletedAt == null, cancellationToken);
        if (!taken) return name;
        var stem = name.Length <= 56 ? name : name[..56].TrimEnd('-');
        return $"{stem}-{Guid.NewGuid().ToString("N")[..6]}";
    }

    private static string ImageName(string image) => image.Split('/')[^1].Split(':', '@')[0];
}
