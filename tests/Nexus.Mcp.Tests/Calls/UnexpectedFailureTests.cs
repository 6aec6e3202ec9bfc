using System.Net;
using System.Text.RegularExpressions;
using Nexus.Core.Providers;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Calls;

/// <summary>Has a server of its own, since it breaks it.</summary>
public sealed partial class UnexpectedFailureTests : IAsyncLifetime
{
    private readonly McpServerFixture _server = new();

    [Fact]
    public async Task A_tool_that_breaks_tells_a_correlation_id_that_is_in_the_log_and_nothing_else()
    {
        var id = (await _server.CallAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80 }))
            .GetProperty("deployment").GetProperty("id").GetString();
        _server.Provider.Failure = new InvalidOperationException("SELECT * FROM secrets -- /etc/passwd");

        var failure = await _server.FailAsync("nexusai_deploy_logs", new { deploymentId = id });

        failure.Code.Should().Be("INTERNAL_ERROR");
        failure.Message.Should().NotContain("SELECT").And.NotContain("passwd").And.NotContain("Exception");
        _server.Log.Lines.Should().Contain(line =>
            line.Contains(CorrelationId().Match(failure.Message).Value) && line.Contains("SELECT * FROM secrets"));
    }

    [Fact]
    public async Task A_failure_of_the_provider_that_the_caller_can_mend_keeps_its_words()
    {
        await _server.CallAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, name = "web" });
        _server.Provider.Failure = new ProviderException("PROVIDER_UNAVAILABLE", "Docker does not answer.", "Start it.", transient: true);

        var failure = await _server.FailAsync("nexusai_deploy_logs", new { deploymentId = "web" });

        (failure.Code, failure.Message, failure.Hint).Should().Be(("PROVIDER_UNAVAILABLE", "Docker does not answer.", "Start it."));
    }

    [Fact]
    public async Task A_request_that_breaks_before_any_tool_gets_500_with_a_correlation_id_in_json()
    {
        _server.Tokens.Failure = new InvalidOperationException("the key file is gone");

        var answer = await _server.PostAsync(Messages.WhoAmI);

        answer.Status.Should().Be(HttpStatusCode.InternalServerError);
        answer.ErrorCode.Should().Be(-32603);
        answer.Header("Access-Control-Allow-Origin").Should().Be("*");
        answer.Text.Should().NotContain("key file");
        _server.Log.Lines.Should().Contain(line => line.Contains(CorrelationId().Match(answer.ErrorMessage).Value));
    }

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex CorrelationId();
}
