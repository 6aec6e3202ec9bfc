using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Nexus.Benchmarks.Peers;
using Nexus.Testing;

namespace Nexus.Benchmarks.Measuring;

/// <summary><c>docs/benchmarks.md</c>: a section for each benchmark, replaced when that runs again.</summary>
internal static partial class Report
{
    private static readonly string File = Repository.At("docs", "benchmarks.md");

    public static async Task WriteAsync(string name, Section section, IEnumerable<Software> with)
    {
        var text = System.IO.File.Exists(File) ? await System.IO.File.ReadAllTextAsync(File) : "";
        var sections = Heading().Split(text).Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1].Trim());
        var versions = await Task.WhenAll(with.Select(software => software.DescribeAsync()));
        sections[section.Title] = $"""
            {section.Text}

            {section.Table}

            `./bench {name}`, {DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, {Machine()}. {string.Join(", ", versions)}.
            """;
        var body = string.Concat(sections.Select(pair => $"\n## {pair.Key}\n\n{pair.Value}\n"));
        await System.IO.File.WriteAllTextAsync(File, Head + body);
        Console.WriteLine($"\n{section.Title}\n\n{section.Table}\n");
    }

    private const string Head = """
        # Benchmarks

        `./bench NAME` measures Nexus and what is set beside it on one machine in one run, in turns (A B A B), after a round that isn't
        counted, and writes its section here; `./bench` runs all. The server is the one that ships, with its default settings. Tables
        give the median and the range of the rounds. Machines differ and are noisy: compare within a table, not between tables.

        """;

    private static string Machine()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        var load = System.IO.File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return $"{Environment.ProcessorCount} cores, {memory} GiB, {RuntimeInformation.OSDescription}, .NET {Environment.Version}; load of the machine at the end {load}";
    }

    [GeneratedRegex("^## (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}

/// <summary>What a benchmark found.</summary>
internal sealed record Section(string Title, string Text, string Table);
