using System.Net;
using System.Text.Json.Nodes;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Attacks;

/// <summary>Tried in the best case for an attacker: the person is signed in, and has consented to the client before.</summary>
public sealed class RedirectLookAlikeTests(Shared<AuthServer> shared)
{
    [Theory]
    [InlineData("https://CLIENT.example/callback")]
    [InlineData("HTTPS://client.example/callback")]
    [InlineData("https://client.example/callback/")]
    [InlineData("https://client.example//callback")]
    [InlineData("https://client.example/callback/../callback")]
    [InlineData("https://client.example/./callback")]
    [InlineData("https://client.example/callbac%6B")]
    [InlineData("https://client.example/callback%2F..%2Fevil")]
    [InlineData("https://client.example/callback#")]
    [InlineData("https://client.example/callback#@evil.example")]
    [InlineData("https://client.example/callback?")]
    [InlineData("https://client.example/callback?next=https://evil.example")]
    [InlineData("https://client.example/callback;evil")]
    [InlineData("https://client.example:443/callback")]
    [InlineData("https://client.example./callback")]
    [InlineData("https://client.example.evil.example/callback")]
    [InlineData("https://evil.example/client.example/callback")]
    [InlineData("https://evil.example?https://client.example/callback")]
    [InlineData("https://client.example@evil.example/callback")]
    [InlineData("https://evil@client.example/callback")]
    [InlineData("https://client.example\\@evil.example/callback")]
    [InlineData("https:\\\\client.example/callback")]
    [InlineData("https://clıent.example/callback")]
    [InlineData("https://xn--clent-q4a.example/callback")]
    [InlineData("https://client.example/callback\r\nLocation: https://evil.example")]
    [InlineData("https://client.example/callback\t")]
    [InlineData(" https://client.example/callback")]
    [InlineData("//client.example/callback")]
    [InlineData("/callback")]
    [InlineData("https://client.example/callback,https://evil.example/")]
    [InlineData("https://client.example/callback https://evil.example/")]
    [InlineData("null")]
    public async Task A_web_clients_look_alike_gets_no_code_and_no_error(string uri) => await ExpectPageAsync(Agent.RedirectUri, uri);

    [Theory]
    [InlineData("http://127.0.0.1:5000/other")]
    [InlineData("http://127.0.0.1:5000/callback/")]
    [InlineData("http://127.0.0.1:5000/callback?a=1")]
    [InlineData("http://127.0.0.2:5000/callback")]
    [InlineData("http://127.1:5000/callback")]
    [InlineData("http://2130706433:5000/callback")]
    [InlineData("http://0.0.0.0:5000/callback")]
    [InlineData("http://localhost:5000/callback")]
    [InlineData("http://[::1]:5000/callback")]
    [InlineData("http://[::ffff:127.0.0.1]:5000/callback")]
    [InlineData("http://127.0.0.1:5000@evil.example/callback")]
    [InlineData("http://evil@127.0.0.1:5000/callback")]
    [InlineData("http://127.0.0.1.evil.example:5000/callback")]
    [InlineData("http://127.0.0.1:-1/callback")]
    [InlineData("http://127.0.0.1:5000evil.example/callback")]
    [InlineData("https://127.0.0.1:5000/callback")]
    public async Task A_native_clients_look_alike_gets_no_code_and_no_error(string uri) => await ExpectPageAsync("http://127.0.0.1/callback", uri);

    private async Task ExpectPageAsync(string registered, string asked)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata => metadata["redirect_uris"] = new JsonArray(registered));
        (await agent.AuthorizeAsync(("redirect_uri", registered))).Code.Should().NotBeNull();
        foreach (var prompt in new[] { null, "none" })
        {
            var page = await agent.Browser.GoAsync(agent.AuthorizeUrl(("redirect_uri", asked), ("prompt", prompt)));
            page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            page.Response.Headers.Location.Should().BeNull();
            page.Html.Should().NotContain("href=\"http").And.NotContain("http-equiv");
        }
    }
}
