using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Transport;

public sealed class AnswerFormTests(McpServerFixture server)
{
    private static readonly (string, string)[] Listen = Messages.ModernHeaders("subscriptions/listen");
    private static readonly string ListenBody = Messages.Modern("subscriptions/listen", new { notifications = new { } });

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("application/json, text/event-stream")]
    [InlineData("text/html")]
    public async Task A_call_that_does_not_stream_is_answered_in_plain_json(string? accept)
    {
        (string, string)[] headers = accept is null ? [] : [("Accept", accept)];

        var answer = await server.PostAsync(Messages.WhoAmI, null, headers);

        answer.ContentHeaders.ContentType!.ToString().Should().Be("application/json");
        answer.ContentHeaders.ContentLength.Should().Be(answer.Text.Length);
        answer.ContentHeaders.ContentEncoding.Should().BeEmpty();
        answer.Header("X-Accel-Buffering").Should().BeEmpty();
        answer.Json.GetProperty("id").GetInt32().Should().Be(3);
        answer.Text.Should().NotContain("\\u0022");
    }

    [Fact]
    public async Task A_call_that_streams_does_so_for_a_client_that_accepts_it()
    {
        var answer = await server.PostAsync(ListenBody, null, [.. Listen, ("Accept", "application/json, text/event-stream")]);

        answer.ContentHeaders.ContentType!.MediaType.Should().Be("text/event-stream");
        answer.Text.Should().Contain("notifications/subscriptions/acknowledged").And.Contain("\"result\"");
    }

    [Fact]
    public async Task A_call_that_streams_gives_a_client_without_streams_the_answer_alone()
    {
        var answer = await server.PostAsync(ListenBody, null, Listen);

        answer.ContentHeaders.ContentType!.MediaType.Should().Be("application/json");
        answer.Json.TryGetProperty("result", out _).Should().BeTrue();
    }
}
