using System.Globalization;

namespace Nexus.Benchmarks.Measuring;

/// <summary>What the kernel counts of a process.</summary>
internal static class ProcessFigures
{
    private const double TicksPerSecond = 100; // USER_HZ, as every Linux has it.

    /// <summary>Resident memory in MiB.</summary>
    public static double Memory(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>The share of one core that the process takes over so long.</summary>
    public static async Task<double> ProcessorShareAsync(int process, TimeSpan over)
    {
        var (before, began) = (Seconds(process), TimeProvider.System.GetTimestamp());
        await Task.Delay(over); // What is measured is this length of time.
        return (Seconds(process) - before) / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static double Seconds(int process)
    {
        var text = File.ReadAllText($"/proc/{process}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
