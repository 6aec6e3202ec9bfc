using Nexus.Benchmarks;

switch (args)
{
    case ["start"]:
        await StartBenchmark.RunAsync();
        return 0;
    case ["load"]:
        await LoadBenchmark.RunAsync();
        return 0;
    default:
        Console.WriteLine("Usage: dotnet run -c Release --project tests/Nexus.Benchmarks -- start|load");
        Console.WriteLine("  start   from the start of the process until /health/ready, with an empty and with an existing data folder");
        Console.WriteLine("  load    200 requests a second through redeploys, rollbacks, a failed rollout, scaling and a killed replica (as root)");
        return args is [] or ["--help"] ? 0 : 1;
}
