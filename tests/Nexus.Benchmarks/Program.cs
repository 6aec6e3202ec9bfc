using Nexus.Benchmarks.Measuring;
using Nexus.Benchmarks.Peers;
using Nexus.Benchmarks.Scenarios;

(string Name, string What, Func<Task<Section>> Run, Software[] With)[] scenarios =
[
    ("deploy", "a local image to the first 200, beside docker run", DeployBenchmark.RunAsync,
        [Software.DockerEngine]),
    ("load", "200 requests a second through redeploys, rollbacks, a failed rollout, scaling and a killed replica", LoadBenchmark.RunAsync,
        [Software.DockerEngine]),
    ("switch", "redeploys under 200 requests a second, beside a script around docker and Caddy", SwitchBenchmark.RunAsync,
        [Software.DockerEngine, Software.Caddy]),
    ("mcp", "calls to the MCP endpoint, beside the C# SDK, the TypeScript SDK and bare Kestrel", McpBenchmark.RunAsync,
        [Software.CSharpSdk, Software.TypeScriptSdk, Software.Jose, Software.Node, Software.Wrk]),
    ("build", "the Node sample from a repository, beside docker build", BuildBenchmark.RunAsync,
        [Software.DockerEngine]),
    ("oauth", "codes, refreshes and registrations, beside oidc-provider", OAuthBenchmark.RunAsync,
        [Software.OidcProvider, Software.SqliteOnNode, Software.Node, Software.PostgreSql]),
    ("ingress", "the ingress beside nginx and Caddy", IngressBenchmark.RunAsync,
        [Software.Nginx, Software.Caddy, Software.Wrk, Software.DockerEngine]),
    ("start", "from the start until ready, and idle memory", StartBenchmark.RunAsync,
        [Software.CSharpSdk, Software.OidcProvider, Software.Node]),
    ("idle", "the processor while nobody asks anything", IdleBenchmark.RunAsync,
        [Software.CSharpSdk, Software.OidcProvider, Software.Node, Software.DockerEngine]),
    ("schema", "the schema of a database of 2,000 tables, beside pg_dump and psql", SchemaBenchmark.RunAsync,
        [Software.PostgreSql]),
    ("growth", "lists and status with 100, 1,000 and 10,000 deployments, on both databases", GrowthBenchmark.RunAsync,
        [Software.PostgreSql, Software.Wrk]),
];

if (args is ["peer", SdkServer.Name, var sdkPort])
{
    await SdkServer.RunAsync(sdkPort);
    return 0;
}

if (args is ["peer", ConstantServer.Name, var constantPort])
{
    await ConstantServer.RunAsync(constantPort);
    return 0;
}

var wanted = args.Length == 0 ? scenarios : [.. scenarios.Where(scenario => args.Contains(scenario.Name))];
if (wanted.Length < Math.Max(args.Length, 1))
{
    Console.WriteLine("Usage: ./bench [NAME…], as root. It measures, prints, and writes docs/benchmarks.md.");
    foreach (var (name, what, _, _) in scenarios) Console.WriteLine($"  {name,-8} {what}");
    return args is ["--help" or "-h"] ? 0 : 1;
}

foreach (var (name, what, run, with) in wanted)
{
    Console.WriteLine($"{name}: {what}");
    await Report.WriteAsync(name, await run(), with);
}

return 0;
