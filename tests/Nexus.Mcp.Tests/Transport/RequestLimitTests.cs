using System.Net;
using Microsoft.AspNetCore.Http;
using Nexus.Core.Access;
using Nexus.Mcp.Tests.Support;
using Nexus.Mcp.Transport;

namespace Nexus.Mcp.Tests.Transport;

public sealed class RequestLimitTests(McpServerFixture server)
{
    private static readonly Actor Person = new()
    {
        UserId = Guid.CreateVersion7(),
        Email = "ada@example.com",
        Name = "Ada",
        OrganizationId = Guid.CreateVersion7(),
        OrganizationName = "Engines",
        Role = Role.Owner,
        Scopes = new HashSet<string>(),
        AssignedProjects = new HashSet<Guid>(),
        ClientId = "one",
        TokenId = "token",
        Surface = "mcp",
    };

    [Fact]
    public async Task One_request_too_many_gets_429_and_is_told_when_to_come_back()
    {
        using var limit = new RequestLimit(new() { RequestsPerMinute = 60 });
        while (limit.Check(Person) is null)
        {
            // Six pass at once.
        }

        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await limit.Check(Person)!.WriteAsync(context);

        context.Response.StatusCode.Should().Be((int)HttpStatusCode.TooManyRequests);
        int.Parse(context.Response.Headers.RetryAfter!, System.Globalization.CultureInfo.InvariantCulture).Should().BePositive();
        limit.Check(Person with { ClientId = "another" }).Should().BeNull("each client has its own");
        limit.Check(Person with { UserId = Guid.CreateVersion7() }).Should().BeNull("each person has their own");
    }

    [Fact]
    public async Task Without_a_setting_there_is_no_limit()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            _ => server.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""")));

        answers.Should().OnlyContain(answer => answer.Status == HttpStatusCode.OK);
    }
}
