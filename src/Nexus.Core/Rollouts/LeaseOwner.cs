using System.Diagnostics;
using System.Globalization;

namespace Nexus.Core.Rollouts;

/// <summary>A process that holds leases. The key tells it from another one that got its number later.</summary>
internal sealed record LeaseOwner(string Machine, int ProcessId, string Key)
{
    private static readonly string OwnKey = Guid.NewGuid().ToString("N");

    public bool IsDeadOnThisMachine =>
        Machine == Environment.MachineName && (ProcessId == Environment.ProcessId ? Key != OwnKey : !Lives(ProcessId));

    public static LeaseOwner ThisProcess() => new(Environment.MachineName, Environment.ProcessId, OwnKey);

    public static LeaseOwner Parse(string text)
    {
        var parts = text.Split('/');
        return new(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Machine}/{ProcessId}/{Key}");

    private static bool Lives(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
