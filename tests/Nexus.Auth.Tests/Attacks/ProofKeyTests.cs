using System.Web;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Attacks;

public sealed class ProofKeyTests(Shared<AuthServer> shared)
{
    [Theory]
    [InlineData(42)]
    [InlineData(129)]
    public async Task A_verifier_of_a_forbidden_length_gets_nothing_even_where_it_meets_the_challenge(int length)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        agent.Verifier = new string('v', length);
        var answer = await agent.ExchangeAsync((await agent.AuthorizeAsync()).Code!);
        answer.Error.Should().Be("invalid_grant");
        answer.Text("error_description").Should().Contain("43 to 128 characters");
    }

    [Theory]
    [InlineData(43)]
    [InlineData(128)]
    public async Task A_verifier_of_an_extreme_length_is_good(int length)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        agent.Verifier = new string('~', length);
        (await agent.ExchangeAsync((await agent.AuthorizeAsync()).Code!)).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task The_challenge_itself_is_no_verifier()
    {
        var server = await shared.GetAsync();
        var agent = await Agent.RegisterAsync(server);
        var code = (await agent.AuthorizeAsync()).Code!;
        (await agent.ExchangeAsync(code, ("code_verifier", agent.Challenge))).Error.Should().Be("invalid_grant");
        server.Secrets.Forget(agent.Challenge);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU")]
    public async Task A_challenge_that_no_verifier_can_meet_is_refused_before_the_person_is_asked(string challenge)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl(("code_challenge", challenge)));
        HttpUtility.HtmlDecode(page.Html).Should().Contain("code_challenge must be the 43 characters");
    }

    [Fact]
    public async Task A_wrong_verifier_does_not_use_the_code_up_for_its_owner()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var code = (await agent.AuthorizeAsync()).Code!;
        (await agent.ExchangeAsync(code, ("code_verifier", new string('x', 43)))).Error.Should().Be("invalid_grant");
        (await agent.ExchangeAsync(code)).AccessToken.Should().NotBeEmpty();
    }
}
