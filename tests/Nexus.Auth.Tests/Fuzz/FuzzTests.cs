using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Fuzz;

/// <summary>
/// Whatever the parameters: no fault of ours, no redirect to a place that isn't registered, and errors in the shape of their RFC.
/// One run is the same each time; the other is new, and prints what to replay when it finds something.
/// </summary>
public sealed class FuzzTests(Shared<AuthServer> shared)
{
    [Property(MaxTest = 400, Replay = "20261123,7591", Arbitrary = [typeof(Fuzzes)])]
    public Task The_same_mangled_requests_as_ever_are_refused_in_good_form(FuzzedRequest fuzz) => SendAsync(fuzz);

    [Property(MaxTest = 400, Arbitrary = [typeof(Fuzzes)])]
    public Task Newly_mangled_requests_are_refused_in_good_form(FuzzedRequest fuzz) => SendAsync(fuzz);

    private async Task SendAsync(FuzzedRequest fuzz)
    {
        var server = await shared.GetAsync();
        var agent = await Agents.OfAsync(server);
        var request = fuzz.Endpoint.Request(fuzz.Shape, fuzz.Parameters(agent));
        if (fuzz.Endpoint.Path == "/oauth/authorize/code") request.Headers.Authorization = new("Bearer", await Agents.JwtAsync(server));
        var response = await agent.Browser.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();

        ((int)response.StatusCode).Should().BeLessThan(500, body);
        ExpectRegistered(response.Headers.Location);
        if (response.Content.Headers.ContentType?.MediaType is "application/json" && !response.IsSuccessStatusCode) ExpectError(body);
        if (response.Content.Headers.ContentType?.MediaType is "text/html") body.Should().NotContain("<script>");
    }

    private static void ExpectRegistered(Uri? location)
    {
        if (location is null) return;
        var isLocal = location.OriginalString.StartsWith('/') && !location.OriginalString.StartsWith("//") && !location.OriginalString.StartsWith("/\\");
        (isLocal || location.OriginalString.StartsWith(Agent.RedirectUri + "?", StringComparison.Ordinal)).Should().BeTrue("of {0}", location);
    }

    private static void ExpectError(string body)
    {
        var answer = JsonNode.Parse(body)!.AsObject();
        if (answer["success"] is not null) answer["error"]!["code"]!.GetValue<string>().Should().NotBeEmpty();
        else
        {
            answer["error"]!.GetValue<string>().Should().MatchRegex("^[a-z_]+$");
            answer["error_description"]!.GetValue<string>().Should().MatchRegex("^[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+$", "RFC 6749 §5.2 says so");
            answer["error_uri"]!.GetValue<string>().Should().StartWith(AuthServer.Issuer + "/oauth/errors#");
        }
    }

    /// <summary>One client and one person, signed in, for a whole run.</summary>
    private static class Agents
    {
        private static readonly SemaphoreSlim Turn = new(1);
        private static Agent? _agent;
        private static string? _jwt;

        public static async Task<Agent> OfAsync(AuthServer server)
        {
            await Turn.WaitAsync();
            try
            {
                if (_agent is not null) return _agent;
                _agent = await Agent.RegisterAsync(server);
                await _agent.AuthorizeAsync();
                return _agent;
            }
            finally
            {
                Turn.Release();
            }
        }

        public static async Task<string> JwtAsync(AuthServer server) => _jwt ??= await FirstParty.LoginAsync(server);
    }
}
