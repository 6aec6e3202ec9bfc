using System.Net;
using System.Text;
using Nexus.Core.Access;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Transport;

public sealed class AuthenticationTests(McpServerFixture server)
{
    [Theory]
    [InlineData("garbage")]
    [InlineData("nxk_0123456789")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AA")]
    public async Task A_token_that_is_not_ours_gets_401_with_a_challenge(string token)
    {
        var answer = await server.PostAsync(Messages.WhoAmI, token);

        AssertChallenged(answer);
        answer.Header("WWW-Authenticate").Should().Contain("error_description=\"The token is not 'known'\"");
    }

    [Fact]
    public async Task No_token_gets_401_with_a_challenge()
    {
        AssertChallenged(await server.PostAsync(Messages.WhoAmI, Wire.NoToken));
    }

    [Theory]
    [InlineData("Basic b2xnYTpvbGdh")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    public async Task Another_scheme_or_an_empty_token_gets_401(string header)
    {
        AssertChallenged(await server.PostAsync(Messages.WhoAmI, Wire.NoToken, ("Authorization", header)));
    }

    [Fact]
    public async Task The_scheme_may_be_written_in_lower_case()
    {
        var answer = await server.PostAsync(Messages.Ping, Wire.NoToken, ("Authorization", "bearer " + server.OwnerToken));

        answer.Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_in_the_query_is_not_looked_at()
    {
        var answer = await server.SendAsync(
            HttpMethod.Post, "/mcp?access_token=" + server.OwnerToken, new StringContent(Messages.Ping), Wire.NoToken);

        AssertChallenged(answer);
    }

    [Fact]
    public async Task A_person_who_left_the_organisation_gets_401_with_a_token_that_is_still_valid()
    {
        var token = server.Tokens.Issue(Guid.NewGuid(), server.Owner.OrganizationId, [.. Scopes.All]);

        AssertChallenged(await server.PostAsync(Messages.WhoAmI, token));
    }

    [Fact]
    public async Task The_body_is_not_read_before_the_token_is_known()
    {
        var tooLarge = new StringContent(new('x', 2 * 1024 * 1024), Encoding.UTF8, "application/json");

        AssertChallenged(await server.SendAsync(HttpMethod.Post, "/mcp", tooLarge, "garbage"));
    }

    private static void AssertChallenged(Answer answer)
    {
        answer.Status.Should().Be(HttpStatusCode.Unauthorized);
        answer.Header("WWW-Authenticate").Should().StartWith("Bearer error=\"invalid_token\"")
            .And.Contain("resource_metadata=\"http://localhost:8080/.well-known/oauth-protected-resource/mcp\"")
            .And.Contain("scope=\"deployments:read deployments:create deployments:logs deployments:delete\"");
        answer.ContentHeaders.ContentType!.MediaType.Should().Be("application/json");
        answer.Json.GetProperty("jsonrpc").GetString().Should().Be("2.0");
        answer.ErrorMessage.Should().Be("Unauthorized: Missing or invalid OAuth access token.");
    }
}
