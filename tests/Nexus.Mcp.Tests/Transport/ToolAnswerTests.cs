using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Mcp.Tests.Support;
using Nexus.Mcp.Transport;

namespace Nexus.Mcp.Tests.Transport;

public sealed class ToolAnswerTests(McpServerFixture server)
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":"say \"no\"\\","b":["\u001B\u202E\n",1.5,null,true],"":{"c":""}}""")]
    public void Text_and_structured_content_are_the_same_json(string json)
    {
        var answer = Parse(ToolAnswer.Write(json, ""u8));

        answer["content"]!.AsArray().Should().ContainSingle().Which!["type"]!.GetValue<string>().Should().Be("text");
        answer["content"]![0]!["text"]!.GetValue<string>().Should().Be(json);
        answer["structuredContent"]!.ToJsonString().Should().Be(JsonNode.Parse(json)!.ToJsonString());
        answer.Select(member => member.Key).Should().Equal("content", "structuredContent");
    }

    [Fact]
    public void Whatever_is_in_it_it_stays_the_same()
    {
        var random = new Random(20261128);
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(0x80)));
            var json = new JsonObject { [text] = new JsonArray(text, round) }.ToJsonString();

            var answer = Parse(ToolAnswer.Write(json, ""u8));

            answer["content"]![0]!["text"]!.GetValue<string>().Should().Be(json);
            JsonNode.DeepEquals(answer["structuredContent"], JsonNode.Parse(json)).Should().BeTrue("{0}", json);
        }
    }

    [Fact]
    public void What_a_result_says_besides_comes_after_them()
    {
        var answer = Parse(ToolAnswer.Write("{}", ",\"resultType\":\"complete\""u8));

        answer.Select(member => member.Key).Should().Equal("content", "structuredContent", "resultType");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("\"quoted\" \\ <b>\n")]
    [InlineData("Grüße 日本 😀 \"x\" \u202Eback\u200B\u007F")]
    public async Task The_answer_is_the_one_that_the_sdk_gives(string name)
    {
        var person = await server.AddPersonAsync(Role.Member, server.Owner.OrganizationId);
        await using (var db = await server.OpenDatabaseAsync())
            await db.Members.Where(member => member.UserId == person.UserId).ExecuteUpdateAsync(member => member.SetProperty(one => one.Name, name));

        var own = await server.PostAsync(Call(""), person.Token);
        var sdk = await server.PostAsync(Call(""","_meta":{"progressToken":1}"""), person.Token);

        JsonElement.DeepEquals(own.Json, sdk.Json).Should().BeTrue("{0} is to be {1}", own.Text, sdk.Text);
        own.Text.Length.Should().Be(sdk.Text.Length, "escapes are the same too");
        own.Json.GetProperty("result").GetProperty("structuredContent").GetProperty("user").GetProperty("name").GetString().Should().Be(name);
    }

    private static string Call(string further) =>
        $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nexusai_whoami"{{{further}}}}}""";

    private static JsonObject Parse(byte[] json) => JsonNode.Parse(Encoding.ASCII.GetString(json))!.AsObject();
}
