namespace Nexus.Core.Providers.Docker.Building;

/// <summary>Builds images with BuildKit where a docker client that speaks to it is on this machine, else with the engine's classic builder.</summary>
internal sealed class DockerBuilder(
    DockerClients clients, BuildKitBuild buildKit, ClassicBuild classic, BuiltImages images, DockerOptions options, TimeProvider time)
{
    private const int TailLines = 25;

    /// <summary>What it builds with.</summary>
    public async Task<string> NameAsync(CancellationToken cancellationToken) =>
        await clients.FindAsync(cancellationToken) is { } client ? $"BuildKit (docker client {client.Version})"
        : options.GuardHost ? "classic, kept from the host" : "classic";

    public async Task<BuiltImage> BuildAsync(BuildOrder order, IProgress<string> output, CancellationToken cancellationToken)
    {
        using var overall = new CancellationTokenSource(order.Time, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, overall.Token);
        try
        {
            await BuildAsync(order, new BuildTail(output, TailLines), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw BuildErrors.TooLong(order.Time);
        }

        var built = await images.ListAsync(order.DeploymentId, cancellationToken);
        return built.FirstOrDefault(image => image.Revision == order.Revision) ?? throw BuildErrors.Vanished();
    }

    private async Task BuildAsync(BuildOrder order, BuildTail output, CancellationToken cancellationToken)
    {
        if (await clients.FindAsync(cancellationToken) is { } client)
        {
            output.Report($"Building with BuildKit, through docker client {client.Version}.");
            await buildKit.BuildAsync(order, client, output, cancellationToken);
        }
        else
        {
            output.Report(options.GuardHost
                ? "Building with the engine's classic builder, whose steps are kept from the machine's own services."
                : "Building with the engine's classic builder: no docker client that has BuildKit is used.");
            await classic.BuildAsync(order, output, cancellationToken);
        }
    }
}
