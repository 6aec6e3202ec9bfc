using System.Net;
using System.Text;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Attacks;

public sealed class ParameterPollutionTests(Shared<AuthServer> shared)
{
    public static TheoryData<string> Endpoints { get; } =
        new("/oauth/token", "/api/oauth/token", "/oauth/revoke", "/oauth/introspect", "/oauth/authorize/code", "/register");

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_JSON_body_that_is_no_object_is_an_invalid_request_everywhere(string path)
    {
        foreach (var body in new[] { "", "[]", "null", "1", "\"text\"", "{\"a\":1", "{\"token\":\"a\",\"token\":\"b\"}", "[{\"token\":\"a\"}]", "\u0000" })
            (await PostAsync(path, body, "application/json")).Should().Be("invalid_request", "of {0}", body);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_megabyte_is_refused_everywhere(string path)
    {
        var megabyte = new string('a', 1024 * 1024);
        (await PostAsync(path, $$"""{"token":"{{megabyte}}"}""", "application/json")).Should().Be("invalid_request");
        (await PostAsync(path, $"token={megabyte}", "application/x-www-form-urlencoded")).Should().Be("invalid_request");
        (await PostAsync(path, $"{megabyte}=1", "application/x-www-form-urlencoded")).Should().Be("invalid_request");
    }

    [Theory]
    [InlineData("/oauth/token")]
    [InlineData("/oauth/revoke")]
    [InlineData("/oauth/introspect")]
    [InlineData("/oauth/authorize/code")]
    public async Task What_is_sent_twice_in_a_form_or_as_a_list_in_JSON_is_an_invalid_request(string path)
    {
        (await PostAsync(path, "token=a&token=b", "application/x-www-form-urlencoded")).Should().Be("invalid_request");
        (await PostAsync(path, """{"token":["a","b"]}""", "application/json")).Should().Be("invalid_request");
        (await PostAsync(path + "?token=a", "token=a", "application/x-www-form-urlencoded")).Should().Be("invalid_request");
        (await PostAsync(path + "?token=a", """{"token":"a"}""", "application/json")).Should().Be("invalid_request");
    }

    [Fact]
    public async Task Credentials_in_the_URL_are_not_looked_at()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var code = (await agent.AuthorizeAsync()).Code!;
        var response = await agent.Http.PostAsync(
            $"/oauth/token?client_id={agent.ClientId}&code_verifier={agent.Verifier}",
            Agent.Form(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Agent.RedirectUri)));
        (await TokenAnswer.ReadAsync(response)).Error.Should().Be("invalid_request");
    }

    [Fact]
    public async Task A_redirect_URI_beside_the_posted_request_leads_nowhere()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        await agent.AuthorizeAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/authorize?redirect_uri=https%3A%2F%2Fevil.example%2F&client_id=other")
        {
            Content = new StringContent(agent.Query(), Encoding.ASCII, "application/x-www-form-urlencoded"),
        };
        var response = await agent.Browser.SendAsync(request);
        (response.Headers.Location?.OriginalString ?? "").Should().NotContain("evil.example");
    }

    [Theory]
    [InlineData("%FF%FE")]
    [InlineData("%ED%A0%80")]
    [InlineData("%0D%0ASet-Cookie:a=b")]
    [InlineData("%E2%80%AEabc")]
    [InlineData("%25%32%35")]
    [InlineData("%")]
    [InlineData("%zz")]
    [InlineData("\"><script>")]
    public async Task State_of_odd_bytes_goes_back_to_the_client_and_nowhere_else(string state)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        await agent.AuthorizeAsync();
        var page = await agent.Browser.GoAsync($"{agent.AuthorizeUrl(("state", null))}&state={state}");
        page.LeftFor!.GetLeftPart(UriPartial.Path).Should().Be(Agent.RedirectUri);
        page.Response.Headers.Contains("Set-Cookie").Should().BeFalse();
        new Answer(page.LeftFor!).Code.Should().NotBeNull();
    }

    [Fact]
    public async Task A_state_of_eight_thousand_characters_comes_back_and_a_longer_one_is_refused()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        await agent.AuthorizeAsync();
        new Answer((await agent.Browser.GoAsync(agent.AuthorizeUrl(("state", new string('s', 7000))))).LeftFor!)["state"].Should().HaveLength(7000);
        ((int)(await agent.Browser.GoAsync(agent.AuthorizeUrl(("state", new string('s', 1024 * 1024))))).Response.StatusCode).Should().BeInRange(400, 431);
    }

    private async Task<string?> PostAsync(string path, string body, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.ExpectContinue = true; // An early refusal would otherwise meet a body that is still being sent.
        var response = await (await shared.GetAsync()).NewClient().SendAsync(request);
        response.StatusCode.Should().BeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge);
        var answer = await TokenAnswer.ReadAsync(response);
        answer.Text("error_description").Should().NotBeNullOrEmpty();
        return answer.Error;
    }
}
