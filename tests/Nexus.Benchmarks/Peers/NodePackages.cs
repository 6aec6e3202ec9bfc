using Nexus.Testing;

namespace Nexus.Benchmarks.Peers;

/// <summary>The packages of the peers on Node.</summary>
internal static class NodePackages
{
    public static string Folder { get; } = Repository.At("tests", "Nexus.Benchmarks", "Peers", "node");

    /// <summary>Installs what the lock file asks for, unless it is there. The SQLite of the peer is compiled here, which takes minutes.</summary>
    public static async Task InstallAsync()
    {
        if (AreThere) return;
        var command = new CommandLine(Tool.Path("npm"), "ci", "--no-audit", "--no-fund") { Folder = Folder, Variables = Headers };
        _ = (await Shell.RunAsync(command, TimeSpan.FromMinutes(15))).Required;
    }

    private static bool AreThere
    {
        get
        {
            var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
            return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"));
        }
    }

    /// <summary>Where Node's own headers came with it, they needn't be fetched to compile.</summary>
    private static Dictionary<string, string?> Headers
    {
        get
        {
            var node = new FileInfo(Tool.Path("node"));
            var prefix = (node.ResolveLinkTarget(returnFinalTarget: true) ?? node).FullName[..^"/bin/node".Length];
            return File.Exists(Path.Combine(prefix, "include", "node", "node.h")) ? new() { ["npm_config_nodedir"] = prefix } : [];
        }
    }
}
