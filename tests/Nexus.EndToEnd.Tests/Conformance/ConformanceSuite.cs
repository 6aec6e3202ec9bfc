using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nexus.EndToEnd.Tests.Conformance;

/// <summary>The conformance suite: runs it and reads the checks that it leaves.</summary>
internal static partial class ConformanceSuite
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(3);

    /// <summary>Runs every server scenario that a revision has, fixture or not.</summary>
    public static async Task<ILookup<string, Check>> RunServerScenariosAsync(string suite, string revision, Uri endpoint)
    {
        using var folder = new TemporaryFolder();
        var results = folder.At("results");
        var run = await Shell.RunAsync(
            Command(suite, "server", "--url", endpoint.AbsoluteUri, "--suite", "all", "--spec-version", revision, "-o", results),
            LongestRun, TestContext.Current.CancellationToken);
        Directory.Exists(results).Should().BeTrue("the suite should have run: {0} {1}", run.Output, run.Error);
        return ReadChecks(results, "server-");
    }

    /// <summary>The checks of all scenarios in a folder of results, by scenario.</summary>
    public static ILookup<string, Check> ReadChecks(string folder, string prefix) => (
        from run in Directory.EnumerateDirectories(folder)
        let scenario = TimeOfRun().Replace(Path.GetFileName(run), "")[prefix.Length..]
        from check in JsonSerializer.Deserialize<IReadOnlyList<Check>>(File.ReadAllText(Path.Combine(run, "checks.json")), JsonSerializerOptions.Web)!
        select (scenario, check)).ToLookup(pair => pair.scenario, pair => pair.check);

    public static CommandLine Command(string suite, params IReadOnlyList<string> arguments) =>
        NodeClients.Conformance(suite == "0.1.16" ? "conformance" : "conformance-next", arguments);

    [GeneratedRegex(@"-\d{4}-\d{2}-\d{2}T[\d-]+Z$")]
    private static partial Regex TimeOfRun();
}

/// <summary>One check of a scenario.</summary>
internal sealed record Check(string Id, string Status, string? ErrorMessage)
{
    public bool Succeeded => Status == "SUCCESS";

    public bool Failed => Status == "FAILURE";
}
