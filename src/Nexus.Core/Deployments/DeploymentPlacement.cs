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
        PlacementWish asked, Revision revision, IDeploymentProvider provider, CommandContext context,
        CancellationToken cancellationToken)
    {
        var project = await FindProjectAsync(asked.ProjectId, context, cancellationToken);
        var environment = asked.Environment ?? DeploymentEnvironment.Development;
        CheckAllowed(environment, provider.Id, project.Id, context.Actor);
        CheckRegion(provider, asked.Region);
        var name = await ChooseNameAsync(asked.Name, asked.Like, context, cancellationToken);
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

    /// <summary>Gives a deployment that is there its new name, host and region.</summary>
    public async Task MoveAsync(
        Deployment deployment, RedeployDeployment asked, ProviderCatalog providers, CommandContext context,
        CancellationToken cancellationToken)
    {
        var provider = await providers.RequireAvailableAsync(asked.Provider ?? deployment.Provider, cancellationToken);
        if (provider.Id != deployment.Provider) throw DeploymentErrors.CannotMove(deployment.Provider);
        CheckRegion(provider, asked.Region);
        deployment.Region = asked.Region ?? deployment.Region;
        deployment.AutoDestroyAt = DeploymentRules.AutoDestroyAt(asked.AutoDestroyHours, context.Now) ?? deployment.AutoDestroyAt;
        if (asked.DisplayName is { } title) deployment.DisplayName = DeploymentRules.DisplayName(title);
        if (asked.Name is not { } name || name == deployment.Name) return;
        deployment.Name = await ChooseNameAsync(name, "", context, cancellationToken);
        deployment.HostLabel = await ChooseHostLabelAsync(name, context, cancellationToken);
    }

    /// <summary>Whoever changes what runs somewhere must be allowed to deploy there: to its environment, and with its provider.</summary>
    public static void CheckAllowed(Deployment deployment, Actor actor) =>
        CheckAllowed(deployment.Environment, deployment.Provider, deployment.ProjectId, actor);

    private static void CheckAllowed(DeploymentEnvironment environment, string providerId, Guid projectId, Actor actor)
    {
        var allowed = AccessPolicy.EnvironmentsOf(actor, projectId);
        if (!allowed.Contains(environment)) throw DeploymentErrors.EnvironmentNotAllowed(actor.Role, environment, allowed);
        if (!AccessPolicy.AllowsProvider(actor, providerId)) throw DeploymentErrors.ProviderNotAllowed(actor.Role, providerId);
    }

    private static void CheckRegion(IDeploymentProvider provider, string? region)
    {
        if (region is null || provider.Regions.Contains(region)) return;
        throw DeploymentErrors.Invalid(
            "region",
            $"{provider.Id} has no such region.",
            provider.Regions.Count == 0 ? "Leave region out." : $"It has: {string.Join(", ", provider.Regions)}.");
    }

    private static async Task<Project> FindProjectAsync(
        Guid? projectId, CommandContext context, CancellationToken cancellationToken)
    {
        var projects = context.Db.Projects;
        if (projectId is { } id) return await projects.GetAsync(context.Actor, id, cancellationToken);
        return await projects.FindDefaultAsync(context.Actor, cancellationToken) ?? throw ProjectErrors.NoneAssigned();
    }

    private static async Task<string> ChooseNameAsync(
        string? given, string like, CommandContext context, CancellationToken cancellationToken)
    {
        var wanted = given is null ? DeploymentName.From(like) : DeploymentName.Check(given);
        var taken = await context.Db.Deployments
            .Where(deployment => deployment.OrganizationId == context.Actor.OrganizationId
                && deployment.DeletedAt == null
                && deployment.Name.StartsWith(wanted))
            .Select(deployment => deployment.Name)
            .ToHashSetAsync(cancellationToken);
        var free = DeploymentName.FirstFree(wanted, taken);
        return given is null || free == wanted ? free : throw DeploymentErrors.NameTaken(wanted, free);
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
}
