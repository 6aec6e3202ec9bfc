using System.Text.Json;

namespace Nexus.EndToEnd.Tests.Conformance;

/// <summary>What one version of the suite is to report for one revision of the protocol; the reasons are in docs/conformance.md.</summary>
/// <param name="Passes">Scenarios without a failed check.</param>
/// <param name="NotApplicable">Scenarios that check nothing against a server like ours, by reason.</param>
/// <param name="Excluded">Scenarios that ask for what Nexus doesn't have, by what that is.</param>
internal sealed record Expectation(
    string Suite,
    string Revision,
    IReadOnlyList<string> Passes,
    IReadOnlyDictionary<string, IReadOnlyList<string>> NotApplicable,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Excluded)
{
    public static IReadOnlyList<Expectation> All { get; } = JsonSerializer.Deserialize<IReadOnlyList<Expectation>>(
        File.ReadAllText(Repository.At("tests", "Nexus.EndToEnd.Tests", "Conformance", "expected.json")), JsonSerializerOptions.Web)!;

    public IEnumerable<string> AllExcluded => Excluded.Values.SelectMany(scenarios => scenarios);

    public IEnumerable<string> AllNotApplicable => NotApplicable.Values.SelectMany(scenarios => scenarios);

    public static Expectation Of(string suite, string revision) =>
        All.Single(expectation => expectation.Suite == suite && expectation.Revision == revision);
}
