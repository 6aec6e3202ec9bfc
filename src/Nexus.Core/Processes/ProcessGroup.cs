using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Nexus.Core.Processes;

/// <summary>
/// Programs run as the leader of their own process group, so that what they start ends with them. <c>timeout</c> makes the group
/// and ends it in time also where this server has died.
/// </summary>
internal static partial class ProcessGroup
{
    /// <summary>What <c>ulimit -f</c> counts in (POSIX).</summary>
    public const int BlockSize = 512;

    private const int Kill = 9;

    /// <summary>dash takes one limit at a time; it counts memory in KiB.</summary>
    private const string Limits = "ulimit -c 0 && ulimit -f \"$1\" && ulimit -v \"$2\" && shift 2 && exec timeout -s KILL \"$@\"";

    private const string Watched =
        "exec 3<&0; { read -r _ <&3; kill -KILL 0; } & watch=$!; \"$@\" </dev/null 3<&- 2>&1; code=$?; kill \"$watch\"; exit \"$code\"";

    /// <summary>The command line that runs a program in a group within limits; its time ends after ours, for when we aren't there.</summary>
    public static IEnumerable<string> Arguments(long largestFile, long mostMemory, TimeSpan time, string program) =>
        ["-c", Limits, "sh", $"{largestFile / BlockSize}", $"{mostMemory / 1024}", $"{(int)time.TotalSeconds + 10}", program];

    /// <summary>
    /// The command line that runs a program in a group which ends when our end of its standard input is closed, and so also when this
    /// server is killed. What it says on either stream comes on its standard output.
    /// </summary>
    public static IEnumerable<string> WatchedArguments(TimeSpan time, string program) =>
        ["-c", "exec timeout -s KILL \"$@\"", "sh", $"{(int)time.TotalSeconds + 10}", "sh", "-c", Watched, "sh", program];

    /// <summary>Ends the whole group at once. To be asked only of a process that wasn't waited for: its id is its own until then.</summary>
    public static void End(Process leader)
    {
        if (leader.HasExited) return;
        _ = SendSignal(-leader.Id, Kill);
        try
        {
            leader.Kill(entireProcessTree: true); // Where it didn't get as far as to make its group.
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // Over already.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
