using Nexus.Core.Providers;
using Nexus.Core.Rollouts;
using Nexus.Core.Sources.Folders;
using Nexus.Core.Sources.Frameworks;
using Nexus.Core.Usage;

namespace Nexus.Core.Builds;

/// <summary>
/// Makes the image of a revision from its source: fetch, find out how it is built, judge the Dockerfile, build. An image that a server
/// finished before it died is found again by its tag and never built twice.
/// </summary>
internal sealed class SourceBuilds(
    SourceFetcher sources, SourceFolders folders, BuildRecipes recipes, BuildLogs logs, BuildTurns turns, RolloutLog rollouts,
    BuildMeter meter, BuildOptions options, TimeProvider time)
{
    /// <exception cref="BuildException">It came to nothing.</exception>
    public async Task MakeAsync(DeploymentState state, IDeploymentProvider provider, CancellationToken cancellationToken)
    {
        var image = await FindAsync(state, provider, cancellationToken) ?? await BuildLoggedAsync(state, provider, cancellationToken);
        await rollouts.BuiltAsync(state, image, cancellationToken);
    }

    private static async Task<BuiltImage?> FindAsync(
        DeploymentState state, IDeploymentProvider provider, CancellationToken cancellationToken) =>
        (await provider.ListBuildsAsync(state.Deployment.Id, cancellationToken)).FirstOrDefault(built => built.Revision == state.Revision.Number);

    private async Task<BuiltImage> BuildLoggedAsync(
        DeploymentState state, IDeploymentProvider provider, CancellationToken cancellationToken)
    {
        var progress = new ProgressNote(rollouts, state, time);
        await using var log = await logs.BeginAsync(state.Deployment.Id, state.Revision.Number, cancellationToken);
        try
        {
            return await BuildAsync(state, provider, log, progress, cancellationToken);
        }
        catch (Exception failure) when (BuildFailures.From(failure, log) is { } told)
        {
            throw told;
        }
        finally
        {
            await progress.FinishAsync();
        }
    }

    private async Task<BuiltImage> BuildAsync(
        DeploymentState state, IDeploymentProvider provider, BuildLogWriter log, ProgressNote progress, CancellationToken cancellationToken)
    {
        using var turn = await turns.WaitAsync(log, cancellationToken);
        using var running = meter.Begin(state.Deployment.OrganizationId);
        using var folder = folders.Create();
        var source = state.Revision.Source!;
        progress.Report("Fetching the source");
        var commit = await sources.FetchAsync(state.Revision, source, folder, log, cancellationToken);
        if (commit is not null) await rollouts.NoteCommitAsync(state, commit, cancellationToken);
        var recipe = recipes.Choose(new SourceTree(folder.Files), source.Wishes(), source.Dockerfile);
        Tell(recipe, source, log);
        var dockerfile = Path.Combine(folder.Scratch, "Dockerfile");
        await File.WriteAllTextAsync(dockerfile, recipe.Dockerfile, cancellationToken);
        var output = new BuildOutput(log, progress);
        var order = Order(state, commit, recipe, folder.Files, dockerfile);
        return await running.CountAsync(() => provider.BuildImageAsync(order, output, cancellationToken));
    }

    private static void Tell(BuildRecipe recipe, SourceRecipe source, BuildLogWriter log)
    {
        foreach (var note in recipe.Notes) log.Say(note);
        if (recipe.Framework is null && (source.InstallCommand ?? source.BuildCommand ?? source.StartCommand ?? source.OutputDir) is not null)
            log.Say("installCommand, buildCommand, startCommand and outputDir are for sources without a Dockerfile: they are not used.");
        log.Say("The Dockerfile:");
        log.Say(recipe.Dockerfile.TrimEnd());
    }

    private BuildOrder Order(DeploymentState state, string? commit, BuildRecipe recipe, string context, string dockerfile) => new()
    {
        OrganizationId = state.Deployment.OrganizationId,
        DeploymentId = state.Deployment.Id,
        Revision = state.Revision.Number,
        Commit = commit,
        Port = recipe.Port ?? DeclaredPort.Of(recipe.Dockerfile),
        Context = context,
        Dockerfile = dockerfile,
        Time = options.Time,
        MemoryBytes = options.MemoryBytes,
    };
}
