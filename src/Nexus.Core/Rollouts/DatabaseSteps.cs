using Microsoft.EntityFrameworkCore;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Deployments;
using Nexus.Core.Plans;
using Nexus.Core.Providers;
using Nexus.Core.Sources;
using Nexus.Core.Storage;

namespace Nexus.Core.Rollouts;

/// <summary>Carries out the steps that are about databases beside a deployment.</summary>
internal sealed class DatabaseSteps(
    ProviderCatalog providers, IDbContextFactory<NexusDbContext> database, AttachedCredentials credentials, RolloutLog log, PlanOptions plan,
    TimeProvider time)
{
    private const int TailLines = 40;

    public async Task StartAsync(DeploymentState state, AttachedDatabaseKind kind, CancellationToken cancellationToken)
    {
        var provider = providers.Get(state.Deployment.Provider);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var row = await db.AttachedDatabases.SingleAsync(
            row => row.DeploymentId == state.Deployment.Id && row.Kind == kind, cancellationToken);
        if (row.ResolvedImage is null)
        {
            row.ResolvedImage = await ResolveAsync(state, row.Image, provider, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        await provider.Databases!.StartAsync(Spec(state, row), cancellationToken);
    }

    public async Task GiveUpAsync(DeploymentState state, AttachedDatabaseKind kind, CancellationToken cancellationToken)
    {
        var host = providers.Get(state.Deployment.Provider).Databases!;
        var lines = await host.ReadLogsAsync(state.Deployment.Id, kind, new LogRange(TailLines), cancellationToken);
        var passwords = await credentials.PasswordsAsync(state.Deployment.Id, cancellationToken);
        var failure = new DeploymentFailure(
            "SERVICE_NOT_READY",
            $"The database {kind.ToString().ToLowerInvariant()} did not take connections within {DatabasePlan.ReadyTimeout.TotalMinutes:0} minutes.",
            "The log tail is the database's. If memory ran out or its files are damaged, delete the deployment and make it anew.",
            state.Revision.Number, time.GetUtcNow(),
            [.. lines.Select(line => LogRedactor.Redact(line.Text, passwords))]);
        await log.FailAsync(state, failure, cancellationToken);
    }

    private async Task<string> ResolveAsync(
        DeploymentState state, string image, IDeploymentProvider provider, CancellationToken cancellationToken)
    {
        var progress = new ProgressNote(log, state, time);
        var resolved = await provider.ResolveImageAsync(ImageReference.Parse(image), PullPolicy.Missing, progress, cancellationToken);
        await progress.FinishAsync();
        return resolved.Reference;
    }

    private AttachedDatabaseSpec Spec(DeploymentState state, AttachedDatabase row) => new()
    {
        OrganizationId = state.Deployment.OrganizationId,
        ProjectId = state.Deployment.ProjectId,
        DeploymentId = state.Deployment.Id,
        Kind = row.Kind,
        Image = row.ResolvedImage!,
        Recipe = credentials.RecipeOf(row),
        Limits = plan.DatabaseLimits,
    };
}
