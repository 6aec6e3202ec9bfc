using System.Globalization;
using System.Text.RegularExpressions;
using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Docs;

/// <summary>The README's quickstart, run as printed.</summary>
public sealed partial class QuickstartTests(Shared<Stage> shared)
{
    [Fact]
    public async Task The_quickstart_of_the_README_deploys_nginx_with_curl_alone()
    {
        var stage = await shared.GetAsync();
        var port = stage.Server.BaseUrl.Port.ToString(CultureInfo.InvariantCulture);
        var script = Quickstart(await File.ReadAllTextAsync(Repository.At("README.md"))).Replace("8080", port, StringComparison.Ordinal);

        var run = await Shell.RunAsync(
            new(Tool.Path("bash"), "-euo", "pipefail", "-c", script) { Variables = OwnerAccount.Variables },
            TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        run.Required.TrimEnd().Should().EndWith("</html>").And.Contain("<h1>Welcome to nginx!</h1>", "{0}", run.Error);
    }

    /// <summary>The shell block that begins where the server already runs.</summary>
    private static string Quickstart(string readme) =>
        ShellBlocks().Matches(readme).Select(match => match.Groups["script"].Value).Single(script => script.StartsWith("NEXUS=", StringComparison.Ordinal));

    [GeneratedRegex("```sh\n(?<script>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlocks();
}
