using Nexus.Core.Builds;
using Nexus.Core.Processes;

namespace Nexus.Core.Providers.Docker.Building;

/// <summary>Builds with BuildKit, which the engine's API speaks only with a session: through a docker client as a process.</summary>
internal sealed class BuildKitBuild(DockerOptions options)
{
    public async Task BuildAsync(BuildOrder order, BuildKitClient client, BuildTail output, CancellationToken cancellationToken)
    {
        var home = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(order.Dockerfile)!, "client")).FullName;
        await using var process = WatchedProcess.Start(order.Time, client.Path, Arguments(order), ClientEnvironment.For(options.Host, home));
        if (await process.RunAsync(output.Report, cancellationToken) != 0) throw BuildErrors.From(output.Lines);
    }

    private static IEnumerable<string> Arguments(BuildOrder order) =>
    [
        "build", "--progress=plain", "--file", order.Dockerfile, "--tag", BuildTag.Of(order.DeploymentId, order.Revision),
        // Cache mounts are shared by all builds of a name: none but the organisation's own may fill or read them.
        "--build-arg", $"BUILDKIT_CACHE_MOUNT_NS={order.OrganizationId:N}",
        .. BuildLabels.For(order).SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" }),
        order.Context,
    ];
}
