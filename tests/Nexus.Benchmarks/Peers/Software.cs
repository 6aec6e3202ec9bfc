using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelContextProtocol.Server;
using Nexus.Testing;

namespace Nexus.Benchmarks.Peers;

/// <summary>What Nexus is measured beside or with, and which version of it is here.</summary>
internal sealed partial record Software(string Name, Func<Task<string>> FindVersionAsync)
{
    public static Software Caddy { get; } = Program("Caddy", () => Tool.Path("caddy"), "version");

    public static Software CSharpSdk { get; } = new(
        "C# SDK", () => Task.FromResult(FileVersionInfo.GetVersionInfo(typeof(McpServer).Assembly.Location).ProductVersion!));

    public static Software DockerEngine { get; } = Program("Docker Engine", () => Tool.Path("dockerd"), "--version");

    public static Software Jose { get; } = Package("jose");

    public static Software Nginx { get; } = Program("nginx", () => Tool.Path("nginx"), "-v");

    public static Software Node { get; } = Program("Node", () => Tool.Path("node"), "--version");

    public static Software OidcProvider { get; } = Package("oidc-provider");

    public static Software PostgreSql { get; } = Program("PostgreSQL", () => PostgresServer.Program("postgres"), "--version");

    public static Software SqliteOnNode { get; } = Package("better-sqlite3");

    public static Software TypeScriptSdk { get; } = Package("@modelcontextprotocol/server");

    public static Software Wrk { get; } = Program("wrk", () => Tool.Path("wrk"), "-v");

    /// <summary>The name and the first number with dots in what it says of itself.</summary>
    public async Task<string> DescribeAsync() => $"{Name} {Number().Match(await FindVersionAsync())}";

    // Some write it to the one output and some to the other, and wrk ends as if it had failed.
    private static Software Program(string name, Func<string> path, string question) => new(name, async () =>
    {
        var result = await Shell.RunAsync(new(path(), question));
        return result.Output + result.Error;
    });

    private static Software Package(string name) => new(name, async () =>
    {
        var locked = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(NodePackages.Folder, "package-lock.json")))!;
        return locked["packages"]![$"node_modules/{name}"]!["version"]!.GetValue<string>();
    });

    [GeneratedRegex(@"\d+(\.\d+)+")]
    private static partial Regex Number();
}
