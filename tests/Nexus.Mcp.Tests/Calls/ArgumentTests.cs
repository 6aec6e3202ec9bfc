using System.Text.Json;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Calls;

public sealed class ArgumentTests(McpServerFixture server)
{
    [Theory]
    [InlineData("{}", "image is missing (a string); port is missing (a whole number from 1 to 65535).", "image")]
    [InlineData("""{"image":null,"port":80}""", "image is missing (a string).", "image")]
    [InlineData("""{"image":"nginx:1","port":"80"}""", "port must be a whole number from 1 to 65535, not a string.", "port")]
    [InlineData("""{"image":"nginx:1","port":80.5}""", "port must be a whole number from 1 to 65535, not 80.5.", "port")]
    [InlineData("""{"image":"nginx:1","port":0}""", "port must be a whole number from 1 to 65535, not 0.", "port")]
    [InlineData("""{"image":["a"],"port":80}""", "image must be a string, not an array.", "image")]
    [InlineData("""{"image":"nginx:1","port":80,"envvars":{}}""", "envvars is not an argument of this tool (did you mean envVars?).", "envvars")]
    [InlineData("""{"image":"nginx:1","port":80,"coffee":true}""", "coffee is not an argument of this tool.", "coffee")]
    [InlineData("""{"image":"nginx:1","port":80,"environment":"prod"}""", "environment must be one of DEVELOPMENT, STAGING, PRODUCTION, not \"prod\".", "environment")]
    [InlineData("""{"image":"nginx:1","port":80,"environment":2}""", "environment must be one of DEVELOPMENT, STAGING, PRODUCTION, not 2.", "environment")]
    [InlineData("""{"image":"nginx:1","port":80,"healthCheckType":"HTTP"}""", "healthCheckType must be one of http, tcp, none, not \"HTTP\".", "healthCheckType")]
    [InlineData("""{"image":"nginx:1","port":80,"envVars":{"A":5}}""", "envVars.A must be a string, not 5.", "envVars.A")]
    [InlineData("""{"image":"nginx:1","port":80,"envVars":"A=5"}""", "envVars must be an object, each value a string, not a string.", "envVars")]
    [InlineData("""{"image":"nginx:1","port":80,"command":["sh",1]}""", "command[1] must be a string, not 1.", "command[1]")]
    [InlineData("""{"image":"nginx:1","port":80,"projectId":"mine"}""", "projectId must be an id (UUID), not another text.", "projectId")]
    [InlineData("""{"image":"nginx:1","port":80,"dryRun":"yes"}""", "dryRun must be a boolean, not a string.", "dryRun")]
    [InlineData("""{"image":"nginx:1","port":80,"requestId":""}""", "requestId must be a string from 1 to 128 characters, not a string of 0 characters.", "requestId")]
    public async Task Each_wrong_argument_is_named_with_what_came_and_what_is_wanted(string arguments, string message, string field)
    {
        var failure = await server.FailAsync("nexusai_deploy_create", JsonDocument.Parse(arguments));

        failure.Code.Should().Be("INVALID_ARGUMENTS");
        failure.Message.Should().Be(message);
        failure.Field.Should().Be(field);
        failure.Hint.Should().StartWith("It takes image (required), port (required), name, ");
    }

    [Fact]
    public async Task The_value_of_a_wrong_free_text_is_never_repeated_since_it_may_be_a_secret()
    {
        var failure = await server.FailAsync("nexusai_deploy_create", new { image = "nginx:1", port = "hunter2", replicas = "hunter2" });

        failure.Message.Should().NotContain("hunter2");
    }

    [Fact]
    public async Task A_tool_without_arguments_says_so()
    {
        (await server.FailAsync("nexusai_whoami", new { verbose = true })).Hint.Should().Be("It takes no arguments.");
    }

    [Fact]
    public async Task An_optional_argument_that_is_null_counts_as_left_out()
    {
        var page = await server.CallAsync("nexusai_deploy_list", new { limit = (int?)null, status = (string?)null, cursor = (string?)null });

        page.GetProperty("deployments").ValueKind.Should().Be(JsonValueKind.Array);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_limit_outside_1_to_100_is_refused(int limit)
    {
        (await server.FailAsync("nexusai_projects_list", new { limit })).Message
            .Should().Be($"limit must be a whole number from 1 to 100, not {limit}.");
    }

    [Fact]
    public async Task A_cursor_that_no_list_gave_is_refused()
    {
        (await server.FailAsync("nexusai_deploy_list", new { cursor = "made-up" })).Code.Should().Be("INVALID_CURSOR");
    }
}
