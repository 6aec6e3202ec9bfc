using System.IO.Pipelines;
using Docker.DotNet;
using Docker.DotNet.Models;
using Nexus.Core.Builds;

namespace Nexus.Core.Providers.Docker.Building;

/// <summary>Builds with the engine's classic builder, <c>POST /build</c>. The engine gives the build up when the connection ends.</summary>
internal sealed class ClassicBuild(DockerConnection connection, BuildNetwork networks)
{
    public async Task BuildAsync(BuildOrder order, BuildTail output, CancellationToken cancellationToken) =>
        await BuildAsync(order, await networks.EnsureAsync(cancellationToken), output, cancellationToken);

    private Task BuildAsync(BuildOrder order, string? network, BuildTail output, CancellationToken cancellationToken) => connection.CallAsync(
        async engine =>
        {
            var archive = new ContextArchive(order);
            var progress = new ClassicOutput(output);
            var pipe = new Pipe();
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var packing = archive.WriteAsync(pipe.Writer, ending.Token);
            try
            {
                await engine.Client.Images.BuildImageFromDockerfileAsync(
                    Parameters(order, archive.DockerfileName, network), pipe.Reader.AsStream(), authConfigs: null, headers: null, progress, cancellationToken);
            }
            catch (DockerApiException refused)
            {
                output.Report(DockerErrors.MessageOf(refused));
                throw BuildErrors.From(output.Lines, refused);
            }
            finally
            {
                await ending.CancelAsync();
                await packing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            progress.Finish();
            if (progress.Failed) throw BuildErrors.From(output.Lines);
        },
        cancellationToken);

    private static ImageBuildParameters Parameters(BuildOrder order, string dockerfile, string? network) => new()
    {
        Dockerfile = dockerfile,
        Tags = [BuildTag.Of(order.DeploymentId, order.Revision)],
        Labels = BuildLabels.For(order),
        Remove = true,
        ForceRemove = true,
        Memory = order.MemoryBytes,
        MemorySwap = order.MemoryBytes,
        NetworkMode = network,
    };
}
