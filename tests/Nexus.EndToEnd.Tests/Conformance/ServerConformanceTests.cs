using System.Text.RegularExpressions;
using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Conformance;

/// <summary>The MCP conformance suite against the running server; see docs/conformance.md.</summary>
public sealed partial class ServerConformanceTests(Shared<Stage> shared)
{
    public static TheoryData<string, string> Runs { get; } =
        [.. Expectation.All.Select(expectation => new TheoryDataRow<string, string>(expectation.Suite, expectation.Revision))];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Every_scenario_that_needs_no_fixture_passes(string suite, string revision)
    {
        var stage = await shared.GetAsync();
        using var bridge = new Bridge(stage.Server.BaseUrl);
        await using var proxy = await BearerProxy.StartAsync(stage.Server.BaseUrl, await bridge.GetAccessTokenAsync());

        var checks = await ConformanceSuite.RunServerScenariosAsync(suite, revision, new Uri(proxy.Address, "/mcp"));

        var expected = Expectation.Of(suite, revision);
        checks.Select(scenario => scenario.Key).Should().BeEquivalentTo(
            [.. expected.Passes, .. expected.AllNotApplicable, .. expected.AllExcluded], "every scenario is judged in expected.json");
        foreach (var scenario in expected.Passes)
            checks[scenario].Should().Contain(check => check.Succeeded, scenario).And.NotContain(check => check.Failed, scenario);
        foreach (var scenario in expected.AllNotApplicable)
            checks[scenario].Should().OnlyContain(check => check.Status == "INFO" || check.Status == "WARNING", scenario);
        foreach (var scenario in expected.AllExcluded)
            checks[scenario].Where(check => check.Failed).Should().NotBeEmpty("{0} would pass now", scenario)
                .And.OnlyContain(check => AsksForWhatIsNotThere().IsMatch(check.ErrorMessage!), scenario);
    }

    // An excluded scenario may fail over a missing fixture only, never over how we answer.
    [GeneratedRegex(@"Unknown tool: |Tool '\w+' not found|^Not testable: |Method '[\w/]+' is not available|InputRequiredResult")]
    private static partial Regex AsksForWhatIsNotThere();
}
