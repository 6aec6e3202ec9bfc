using Nexus.Benchmarks;

switch (args)
{
    case ["start"]:
        await StartBenchmark.RunAsync();
        return 0;
    default:
        Console.WriteLine("Usage: dotnet run -c Release --project tests/Nexus.Benchmarks -- start");
        Console.WriteLine("  start   from the start of the process until /health/ready, with an empty and with an existing data folder");
        return args is [] or ["--help"] ? 0 : 1;
}
