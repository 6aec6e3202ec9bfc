using System.Net;
using System.Net.Sockets;
using System.Text;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Transport;

public sealed class BodyTests(McpServerFixture server)
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} trailing")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"tools/list\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"\\ud800\"}}")]
    public async Task Invalid_json_gets_400_and_a_parse_error(string body)
    {
        var answer = await server.PostAsync(body);

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.ErrorCode.Should().Be(-32700);
        answer.Json.GetProperty("id").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Json_in_another_encoding_gets_400_and_a_parse_error()
    {
        var content = new ByteArrayContent([.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""u8, 0xFF, 0xFE, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");

        (await server.SendAsync(HttpMethod.Post, "/mcp", content)).ErrorCode.Should().Be(-32700);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"id\":1,\"method\":\"ping\"}")]
    [InlineData("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")]
    public async Task What_is_no_single_message_gets_400_and_invalid_request(string body)
    {
        var answer = await server.PostAsync(body);

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.ErrorCode.Should().Be(-32600);
    }

    [Fact]
    public async Task A_body_of_one_mebibyte_is_read_and_one_byte_more_gets_413()
    {
        var empty = Messages.Call("nexusai_deploy_status", new { deploymentId = "" });
        var whole = Messages.Call("nexusai_deploy_status", new { deploymentId = new string('x', (1024 * 1024) - empty.Length) });

        (await server.PostAsync(whole)).Text.Should().Contain("DEPLOYMENT_NOT_FOUND");
        (await server.PostAsync(whole + " ")).Status.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_body_without_a_length_is_cut_off_at_the_same_size()
    {
        using var endless = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(new string(' ', 1024 * 1024) + Messages.Ping)));
        endless.Headers.ContentType = new("application/json");

        var answer = await server.SendAsync(
            HttpMethod.Post, "/mcp", endless, null, ("Transfer-Encoding", "chunked"));

        answer.Status.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_body_that_breaks_the_rules_of_http_gets_400_and_is_no_failure_of_the_server()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", server.Endpoint.Port, TestContext.Current.CancellationToken);
        await socket.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                "POST /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + $"Authorization: Bearer {server.OwnerToken}\r\nTransfer-Encoding: chunked\r\n\r\nnot a length\r\n"),
            TestContext.Current.CancellationToken);

        using var reader = new StreamReader(socket.GetStream());
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        answer.Should().StartWith("HTTP/1.1 400 ").And.Contain("-32600");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_content_type_gets_415(string contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Messages.Ping));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var answer = await server.SendAsync(HttpMethod.Post, "/mcp", content);

        answer.Status.Should().Be(HttpStatusCode.UnsupportedMediaType);
        answer.ErrorMessage.Should().Contain(contentType);
    }

    [Fact]
    public async Task No_content_type_gets_415()
    {
        (await server.SendAsync(HttpMethod.Post, "/mcp", new ByteArrayContent(Encoding.UTF8.GetBytes(Messages.Ping))))
            .Status.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_charset_of_utf_8_is_as_good_as_none()
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Messages.Ping));
        content.Headers.TryAddWithoutValidation("Content-Type", "Application/JSON; charset=\"UTF-8\"");

        (await server.SendAsync(HttpMethod.Post, "/mcp", content)).Status.Should().Be(HttpStatusCode.OK);
    }
}
