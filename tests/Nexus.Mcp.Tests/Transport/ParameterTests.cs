using System.Net;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Transport;

public sealed class ParameterTests(McpServerFixture server)
{
    [Theory]
    [InlineData("initialize", "[]", "params")]
    [InlineData("initialize", "{}", "params.protocolVersion")]
    [InlineData("initialize", """{"protocolVersion":5}""", "params.protocolVersion")]
    [InlineData("initialize", """{"protocolVersion":"2025-06-18","capabilities":5}""", "params.capabilities")]
    [InlineData("initialize", """{"protocolVersion":"2025-06-18","capabilities":{"roots":5}}""", "params.capabilities.roots")]
    [InlineData("initialize", """{"protocolVersion":"2025-06-18","clientInfo":"me"}""", "params.clientInfo")]
    [InlineData("initialize", """{"protocolVersion":"2025-06-18","clientInfo":{"name":5}}""", "params.clientInfo.name")]
    [InlineData("tools/list", """{"cursor":5}""", "params.cursor")]
    [InlineData("tools/list", """{"cursor":"made-up"}""", "params.cursor")]
    [InlineData("tools/list", """{"_meta":5}""", "params._meta")]
    [InlineData("tools/call", "null", "params")]
    [InlineData("tools/call", "{}", "params.name")]
    [InlineData("tools/call", """{"name":null}""", "params.name")]
    [InlineData("tools/call", """{"name":"nexusai_whoami","arguments":[]}""", "params.arguments")]
    [InlineData("tools/call", """{"name":"nexusai_whoami","inputResponses":5}""", "params.inputResponses")]
    [InlineData("logging/setLevel", """{"level":"loud"}""", "params.level")]
    [InlineData("ping", "\"hello\"", "params")]
    public async Task Params_of_a_wrong_shape_get_invalid_params_naming_the_member(string method, string parameters, string member)
    {
        var answer = await server.PostAsync($$"""{"jsonrpc":"2.0","id":"a","method":"{{method}}","params":{{parameters}}}""");

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.ErrorCode.Should().Be(-32602);
        answer.ErrorMessage.Should().StartWith($"Invalid params: {member} ");
        answer.Json.GetProperty("id").GetString().Should().Be("a");
    }

    [Fact]
    public async Task A_notification_of_a_wrong_shape_gets_400_as_nobody_waits_for_its_answer()
    {
        var answer = await server.PostAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{}}}""");

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.ErrorCode.Should().Be(-32602);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/unheard-of"}""")]
    public async Task A_notification_gets_202_and_no_body(string body)
    {
        var answer = await server.PostAsync(body);

        answer.Status.Should().Be(HttpStatusCode.Accepted);
        answer.Text.Should().BeEmpty();
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("")]
    [InlineData("resources/list")]
    [InlineData("server/discover")]
    public async Task An_unknown_method_gets_method_not_found(string method)
    {
        var answer = await server.PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}"}""");

        answer.ErrorCode.Should().BeOneOf(-32601, method == "server/discover" ? -32602 : -32601);
    }
}
