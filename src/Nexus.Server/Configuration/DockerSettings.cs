using System.Globalization;
using System.Net;
using Nexus.Core.Providers.Docker;

namespace Nexus.Server.Configuration;

/// <summary>Reads <c>Nexus:Docker</c>: which engine, how replicas on it are reached, and what they may reach.</summary>
internal static class DockerSettings
{
    private const int MostPorts = 15; // Of one rule of iptables.

    public static DockerOptions Read(SettingValues values)
    {
        var defaults = new DockerOptions();
        var options = defaults with
        {
            Host = values.Text("Nexus:Docker:Host") ?? values.Text("DOCKER_HOST") ?? defaults.Host,
            Reach = values.OneOf<DockerReach>("Nexus:Docker:Reach") ?? defaults.Reach,
            Builder = values.OneOf<DockerBuilderKind>("Nexus:Docker:Builder") ?? defaults.Builder,
            PublishAddress = PublishAddress(values) ?? defaults.PublishAddress,
            PullTimeout = values.Seconds("Nexus:Docker:PullTimeoutSeconds") ?? defaults.PullTimeout,
            PullStallTimeout = values.Seconds("Nexus:Docker:PullStallTimeoutSeconds") ?? defaults.PullStallTimeout,
            GuardHost = values.IsOn("Nexus:Docker:GuardHost", byDefault: false),
            HostPorts = HostPorts(values),
        };
        if (options.GuardHost && !(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && options.Host.StartsWith("unix://", StringComparison.Ordinal)))
            values.Complain("Nexus:Docker:GuardHost", "needs root on the Linux machine that the engine runs on.", "Turn it off, and see docs/security.md for the rules.");
        return options;
    }

    private static int[] HostPorts(SettingValues values)
    {
        var ports = values.List("Nexus:Docker:HostPorts");
        if (ports.Count <= MostPorts && ports.All(port => ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
            return [.. ports.Select(port => int.Parse(port, CultureInfo.InvariantCulture))];
        values.Complain("Nexus:Docker:HostPorts", $"is not a list of up to {MostPorts} ports.", "Write 80,443");
        return [];
    }

    private static string? PublishAddress(SettingValues values)
    {
        if (values.Text("Nexus:Docker:PublishAddress") is not { } text) return null;
        if (IPAddress.TryParse(text, out var address)) return address.ToString();
        values.Complain("Nexus:Docker:PublishAddress", "is not an IP address.", "Give the engine's own, like 127.0.0.1 or 10.0.0.5.");
        return null;
    }
}
