using Docker.DotNet;
using Docker.DotNet.Models;

namespace Nexus.Core.Providers.Docker;

/// <summary>Reads what a replica uses. The engine looks twice, about a second apart, so that there is a rate to tell.</summary>
internal sealed class DockerUsage(DockerConnection connection)
{
    public Task<ReplicaUsage?> ReadAsync(string replicaId, CancellationToken cancellationToken) =>
        connection.CallAsync(
            async engine =>
            {
                try
                {
                    var seen = new Newest();
                    await engine.Client.Containers.GetContainerStatsAsync(
                        replicaId, new ContainerStatsParameters { Stream = false }, seen, cancellationToken);
                    return seen.Stats is { } stats ? Usage(stats) : null;
                }
                catch (DockerContainerNotFoundException)
                {
                    return null;
                }
            },
            cancellationToken);

    /// <summary>As <c>docker stats</c> reckons; a container that doesn't run has no memory limit.</summary>
    private static ReplicaUsage? Usage(ContainerStatsResponse stats)
    {
        if (stats.MemoryStats is not { Limit: > 0 and var limit, Usage: { } used } memory) return null;
        return new(Cpus(stats), (long)(used - Math.Min(CacheOf(memory), used)), (long)limit);
    }

    /// <summary>By the names of cgroup v2 and v1.</summary>
    private static ulong CacheOf(MemoryStats memory) =>
        memory.Stats is { } parts && (parts.TryGetValue("inactive_file", out var cache) || parts.TryGetValue("total_inactive_file", out cache))
            ? cache
            : 0;

    private static double Cpus(ContainerStatsResponse stats)
    {
        if (stats.CPUStats is not { } now || stats.PreCPUStats is not { } before) return 0;
        var own = (double)now.CPUUsage.TotalUsage - before.CPUUsage.TotalUsage;
        var whole = (double)(now.SystemUsage ?? 0) - (before.SystemUsage ?? 0);
        return whole > 0 && own > 0 ? Math.Round(own / whole * (now.OnlineCPUs ?? 1), 3) : 0;
    }

    /// <summary>Takes reports on the thread that reads them: when the call ends, the last is there.</summary>
    private sealed class Newest : IProgress<ContainerStatsResponse>
    {
        public ContainerStatsResponse? Stats { get; private set; }

        public void Report(ContainerStatsResponse value) => Stats = value;
    }
}
