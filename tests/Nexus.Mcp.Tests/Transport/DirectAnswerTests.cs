using System.Text.Json;
using System.Text.Json.Nodes;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Transport;

public sealed class DirectAnswerTests(McpServerFixture server)
{
    public static TheoryData<string, string> Requests { get; } = new()
    {
        { "tools/list", "{}" },
        { "tools/call", """{"name":"nexusai_whoami"}""" },
        { "tools/call", """{"name":"nexusai_deploy_list","arguments":{"limit":1}}""" },
        { "tools/call", """{"name":"nexusai_deploy_status","arguments":{"deploymentId":"none ‮ \u00e4\u2028 \"such\""}}""" },
        { "tools/call", """{"name":"nexusai_deploy_status","arguments":{"deploymentID":"x"}}""" },
        { "tools/call", """{"name":"nexusai_deploy_status"}""" },
        { "tools/call", """{"name":"nexusai_nope","arguments":{}}""" },
        { "tools/call", """{"name":"nexusai_whoami","arguments":[]}""" },
        { "tools/list", """{"cursor":"x"}""" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_plain_request_gets_the_answer_that_one_with_metadata_gets(string method, string parameters)
    {
        var plain = await server.PostAsync(Message(method, JsonNode.Parse(parameters)!.AsObject()));
        var more = JsonNode.Parse(parameters)!.AsObject();
        more["_meta"] = new JsonObject { ["progressToken"] = 1 };

        var other = await server.PostAsync(Message(method, more));

        Same(plain, other);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task So_does_one_of_the_era_without_a_handshake(string method, string parameters)
    {
        var headers = Messages.ModernHeaders(method, (string?)JsonNode.Parse(parameters)!["name"]);
        var plain = await server.PostAsync(Messages.Modern(method, JsonNode.Parse(parameters)), null, headers);
        var more = JsonNode.Parse(Messages.Modern(method, JsonNode.Parse(parameters)))!;
        more["params"]!["_meta"]!["com.example/more"] = 1;

        var other = await server.PostAsync(more.ToJsonString(), null, headers);

        Same(plain, other);
    }

    [Theory]
    [InlineData("\"a \\u0041 \\\" b\"")]
    [InlineData("-7")]
    [InlineData("\"\"")]
    public async Task The_id_comes_back_as_it_came(string id)
    {
        var answer = await server.PostAsync($$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"nexusai_whoami"}}""");

        JsonElement.DeepEquals(answer.Json.GetProperty("id"), JsonDocument.Parse(id).RootElement).Should().BeTrue();
    }

    [Fact]
    public async Task A_call_that_asks_for_progress_is_answered_where_there_is_none_to_tell()
    {
        var answer = await server.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nexusai_whoami","_meta":{"progressToken":"p"}}}""",
            null, ("Accept", "application/json, text/event-stream"));

        answer.Json.GetProperty("id").GetInt32().Should().Be(1);
    }

    private static string Message(string method, JsonObject parameters) =>
        new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 3, ["method"] = method, ["params"] = parameters }.ToJsonString();

    private static void Same(Answer one, Answer other)
    {
        one.Status.Should().Be(other.Status);
        one.ContentHeaders.ContentType.Should().Be(other.ContentHeaders.ContentType);
        one.Headers.Select(header => header.Key).Should().BeEquivalentTo(other.Headers.Select(header => header.Key));
        JsonElement.DeepEquals(one.Json, other.Json).Should().BeTrue("{0} is to be {1}", one.Text, other.Text);
        one.Text.Length.Should().Be(other.Text.Length, "escapes are the same too");
    }
}
