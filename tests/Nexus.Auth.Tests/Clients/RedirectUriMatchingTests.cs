using Nexus.Auth.Clients;

namespace Nexus.Auth.Tests.Clients;

public sealed class RedirectUriMatchingTests
{
    [Theory]
    [InlineData("https://client.example/callback", "https://client.example/callback")]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:51234/callback")]
    [InlineData("http://127.0.0.1:3000/callback", "http://127.0.0.1:51234/callback")]
    [InlineData("http://localhost:3000/callback", "http://localhost/callback")]
    [InlineData("http://localhost/callback?a=1", "http://localhost:1/callback?a=1")]
    [InlineData("http://[::1]/callback", "http://[::1]:51234/callback")]
    public void These_are_the_same(string registered, string asked) =>
        RedirectUriMatching.Matches(registered, asked).Should().BeTrue();

    [Theory]
    [InlineData("https://client.example/callback", "https://client.example/Callback")]
    [InlineData("https://client.example/callback", "https://CLIENT.example/callback")]
    [InlineData("https://client.example/callback", "https://client.example/callback/")]
    [InlineData("https://client.example/callback", "https://client.example/%63allback")]
    [InlineData("https://client.example/callback", "https://client.example:443/callback")]
    [InlineData("https://client.example/callback", "https://client.example/callback?a=1")]
    [InlineData("https://client.example/callback", "https://client.example.evil.example/callback")]
    [InlineData("https://client.example/callback", "https://evil@client.example/callback")]
    [InlineData("https://client.example/callback", "http://client.example/callback")]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:51234/other")]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:51234/callback?a=1")]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:51234@evil.example/callback")]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1.evil.example/callback")]
    [InlineData("http://127.0.0.1/callback", "http://localhost:51234/callback")]
    [InlineData("http://127.0.0.1/callback", "https://127.0.0.1:51234/callback")]
    [InlineData("http://localhost/callback", "http://localhost:99999999/callback")]
    [InlineData("http://localhost/callback", "http://localhost:80:80/callback")]
    [InlineData("http://localhost", "http://localhost.evil.example")]
    public void These_are_not(string registered, string asked) =>
        RedirectUriMatching.Matches(registered, asked).Should().BeFalse();
}
