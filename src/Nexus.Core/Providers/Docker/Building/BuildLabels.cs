using System.Globalization;

namespace Nexus.Core.Providers.Docker.Building;

/// <summary>What a built image says of itself. They are none of a container's labels, which containers take over from their image.</summary>
internal static class BuildLabels
{
    public const string Commit = "nexus.build.commit";
    public const string Port = "nexus.build.port";
    private const string Organization = "nexus.build.organization";
    private const string Deployment = "nexus.build.deployment";
    private const string Revision = "nexus.build.revision";

    /// <summary>All of them, so that none of a Dockerfile's own stays.</summary>
    public static Dictionary<string, string> For(BuildOrder order) => new()
    {
        [Organization] = order.OrganizationId.ToString(),
        [Deployment] = order.DeploymentId.ToString(),
        [Revision] = Text(order.Revision),
        [Commit] = order.Commit ?? "",
        [Port] = order.Port is { } port ? Text(port) : "",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
