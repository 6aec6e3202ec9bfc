using System.Globalization;
using System.Text.Json;
using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Conformance;

/// <summary>The suite's authorization server scenarios, with a person at the browser.</summary>
public sealed class AuthorizationConformanceTests(Shared<Stage> shared)
{
    private const string Suite = "0.2.0-alpha.12";

    [Fact]
    public async Task The_metadata_and_the_code_grant_conform()
    {
        var stage = await shared.GetAsync();
        using var bridge = new Bridge(stage.Server.BaseUrl);
        using var folder = new TemporaryFolder();
        var port = LoopbackPort.Next().ToString(CultureInfo.InvariantCulture);
        var client = await bridge.RegisterAsync("conformance", $"http://127.0.0.1:{port}/callback");

        await using var suite = ChildProcess.Start(ConformanceSuite.Command(
            Suite, "authorization", "--url", stage.Server.BaseUrl.GetLeftPart(UriPartial.Authority), "--client-id", client,
            "--resource", stage.McpEndpoint.AbsoluteUri, "--port", port, "-o", folder.At("results")));
        await stage.Owner.AllowAsync(await suite.Log.AuthorizeUrlAsync());
        var exitCode = await suite.WaitForExitAsync();

        exitCode.Should().Be(0, "{0}", suite.Log);
        var checks = Directory.EnumerateFiles(folder.At("results"), "checks.json", SearchOption.AllDirectories)
            .SelectMany(file => JsonSerializer.Deserialize<IReadOnlyList<Check>>(File.ReadAllText(file), JsonSerializerOptions.Web)!)
            .ToList();
        checks.Select(check => check.Id).Should().Contain(["authorization-server-metadata", "authorization-code-grant"]);
        checks.Should().OnlyContain(check => check.Succeeded || check.Id == "authorization-server-metadata-cimd");
    }
}
