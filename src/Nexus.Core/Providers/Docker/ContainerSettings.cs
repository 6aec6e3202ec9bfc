using System.Globalization;
using Docker.DotNet.Models;

namespace Nexus.Core.Providers.Docker;

/// <summary>What a replica's container is made of: from the spec alone, and never more than an untrusted program may have.</summary>
internal static class ContainerSettings
{
    /// <summary>
    /// What is left of root after all capabilities are dropped: what ordinary images need to make their folders theirs and then
    /// become another user (postgres, redis, mysql, nginx's workers), to listen on port 80, and to signal their children.
    /// Of Docker's own default it leaves out NET_RAW (forging packets), MKNOD, SETFCAP, SETPCAP, SYS_CHROOT and AUDIT_WRITE.
    /// </summary>
    private static readonly string[] Capabilities =
        ["CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID"];

    /// <summary>The same for the same replica each time, so that the engine refuses a second one.</summary>
    public static string NameOf(ReplicaSpec spec) =>
        string.Create(CultureInfo.InvariantCulture, $"nexus-{spec.DeploymentName}-r{spec.Revision}-{spec.Ordinal}-{spec.DeploymentId:N}");

    public static CreateContainerParameters For(ReplicaSpec spec, string network, ConnectedEngine engine, string publishAddress) => new()
    {
        Name = NameOf(spec),
        Hostname = Hostname(spec),
        Image = spec.Image,
        // Empty means the image's own.
        Cmd = [.. spec.Command],
        Env = Variables(spec),
        Labels = ReplicaLabels.For(spec),
        ExposedPorts = new Dictionary<string, EmptyStruct> { [PortOf(spec)] = default },
        HostConfig = HostConfigFor(spec, network, engine, publishAddress),
        NetworkingConfig = new NetworkingConfig
        {
            EndpointsConfig = new Dictionary<string, EndpointSettings>
            {
                [network] = new() { Links = DatabaseContainers.LinksFor(spec) },
            },
        },
    };

    private static HostConfig HostConfigFor(ReplicaSpec spec, string network, ConnectedEngine engine, string publishAddress)
    {
        var settings = Confined(spec.Limits, engine);
        settings.NetworkMode = network;
        settings.PortBindings = engine.Published ? Published(spec, publishAddress) : new Dictionary<string, IList<PortBinding>>();
        // The reconciler starts replicas again: it alone knows which are still wanted.
        settings.RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.No };
        return settings;
    }

    /// <summary>What every container of ours is held to.</summary>
    public static HostConfig Confined(ReplicaLimits limits, ConnectedEngine engine) => new()
    {
        CapDrop = ["ALL"],
        CapAdd = [.. Capabilities],
        SecurityOpt = ["no-new-privileges"],
        Privileged = false,
        Memory = limits.MemoryBytes,
        // Memory and swap together: the same number leaves no swap.
        MemorySwap = limits.MemoryBytes,
        NanoCPUs = (long)(Math.Min(limits.Cpus, engine.Cpus) * 1e9),
        PidsLimit = limits.Pids,
        // Reaps zombies and hands signals on, for programs that were not written to be process 1.
        Init = true,
        LogConfig = new LogConfig
        {
            Type = "json-file",
            Config = new Dictionary<string, string> { ["max-size"] = "10m", ["max-file"] = "3" },
        },
    };

    /// <summary>At a port that the engine picks.</summary>
    private static Dictionary<string, IList<PortBinding>> Published(ReplicaSpec spec, string address) =>
        new() { [PortOf(spec)] = [new PortBinding { HostIP = address, HostPort = "" }] };

    /// <summary><c>PORT</c> comes last: a caller's own is dropped.</summary>
    private static List<string> Variables(ReplicaSpec spec) =>
    [
        .. spec.Variables.Where(variable => variable.Key != "PORT").Select(variable => $"{variable.Key}={variable.Value}"),
        string.Create(CultureInfo.InvariantCulture, $"PORT={spec.Port}"),
    ];

    private static string PortOf(ReplicaSpec spec) => string.Create(CultureInfo.InvariantCulture, $"{spec.Port}/tcp");

    /// <summary>At most 63 characters, as Linux has it.</summary>
    private static string Hostname(ReplicaSpec spec)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $"-{spec.Ordinal}");
        var room = 63 - suffix.Length;
        var name = spec.DeploymentName.Length <= room ? spec.DeploymentName : spec.DeploymentName[..room].TrimEnd('-');
        return name + suffix;
    }
}
