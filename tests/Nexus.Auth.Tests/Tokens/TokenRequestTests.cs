using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Tokens;

/// <summary>Requests to the token endpoint that are none, whatever they ask for.</summary>
public sealed class TokenRequestTests(Shared<AuthServer> shared)
{
    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("\"text\"", "application/json")]
    [InlineData("{\"grant_type\":{}}", "application/json")]
    [InlineData("{\"code\":\"\\u0000\"}", "application/json")]
    [InlineData("grant_type=refresh_token&grant_type=refresh_token", "application/x-www-form-urlencoded")]
    [InlineData("code=%00", "application/x-www-form-urlencoded")]
    [InlineData("grant_type=refresh_token", "text/plain")]
    [InlineData("<xml/>", "application/xml")]
    [InlineData("", "application/x-www-form-urlencoded")]
    public async Task A_body_that_can_not_be_read_is_an_invalid_request(string body, string type)
    {
        var http = (await shared.GetAsync()).NewClient();
        var response = await http.PostAsync("/oauth/token", new StringContent(body, Encoding.ASCII, new MediaTypeHeaderValue(type)));
        var answer = await TokenAnswer.ReadAsync(response);
        answer.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        answer.Error.Should().Be("invalid_request");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_megabyte_is_refused(string type)
    {
        var http = (await shared.GetAsync()).NewClient();
        var text = new string('a', 1024 * 1024);
        var body = type == "application/json" ? $"{{\"code\":\"{text}\"}}" : "code=" + text;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = new StringContent(body, Encoding.ASCII, type) };
        request.Headers.ExpectContinue = true; // The refusal may come while the body is being sent, and then cuts it off.
        var response = await http.SendAsync(request);
        ((int)response.StatusCode).Should().BeOneOf(400, 413);
        (await TokenAnswer.ReadAsync(response)).Error.Should().Be("invalid_request");
    }

    [Fact]
    public async Task A_parameter_in_both_URL_and_body_is_an_invalid_request()
    {
        var http = (await shared.GetAsync()).NewClient();
        var response = await http.PostAsync("/oauth/token?grant_type=refresh_token", Agent.Form(("grant_type", "refresh_token")));
        (await TokenAnswer.ReadAsync(response)).Error.Should().Be("invalid_request");
    }

    [Fact]
    public async Task The_token_endpoint_is_for_posting()
    {
        var http = (await shared.GetAsync()).NewClient();
        (await http.GetAsync("/oauth/token?grant_type=refresh_token")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_broken_Basic_header_is_no_fault()
    {
        var http = (await shared.GetAsync()).NewClient();
        foreach (var value in new[] { "Basic", "Basic %%%", "Basic AAAA", "Basic JTAwOmE=" })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = Agent.Form(("grant_type", "refresh_token"), ("refresh_token", "a")) };
            request.Headers.TryAddWithoutValidation("Authorization", value);
            ((int)(await http.SendAsync(request)).StatusCode).Should().BeOneOf(400, 401);
        }
    }
}
