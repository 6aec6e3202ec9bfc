using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Storage;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Clients;

public sealed class RegistrationTests(Shared<AuthServer> shared)
{
    [Theory]
    [InlineData("/register")]
    [InlineData("/api/oauth/register")]
    public async Task A_registration_answers_with_everything_that_was_registered(string path)
    {
        var metadata = Agent.Metadata();
        metadata["client_uri"] = "https://client.example";
        metadata["logo_uri"] = "https://client.example/logo.png";
        metadata["contacts"] = new JsonArray("admin@client.example");
        metadata["software_id"] = "my-software";
        metadata["application_type"] = "web";
        var (response, body) = await PostAsync(metadata, path);

        response.StatusCode.Should().Be(HttpStatusCode.Created);
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        foreach (var (name, value) in metadata) JsonNode.DeepEquals(body[name], value).Should().BeTrue(name);
        body["client_id"]!.GetValue<string>().Should().NotBeEmpty();
        body["client_id_issued_at"]!.GetValue<long>().Should().BeCloseTo(DateTimeOffset.UtcNow.ToUnixTimeSeconds(), 60);
        body["registration_access_token"]!.GetValue<string>().Length.Should().BeGreaterThan(40);
        body["registration_client_uri"]!.GetValue<string>().Should().Be($"{AuthServer.Issuer}/register/{body["client_id"]}");
        body.ContainsKey("client_secret").Should().BeFalse();
    }

    [Fact]
    public async Task The_documents_own_example_works_word_for_word()
    {
        const string Example = """
            {
              "client_name":"my-mcp-client",
              "redirect_uris":["https://example.com/callback"],
              "token_endpoint_auth_method":"none",
              "grant_types":["authorization_code","refresh_token"],
              "response_types":["code"],
              "scope":"deployments:read deployments:create deployments:logs deployments:delete"
            }
            """;
        var (response, _) = await PostAsync(JsonNode.Parse(Example)!.AsObject());
        response.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Without_a_method_a_client_is_confidential_and_gets_its_secret_once()
    {
        var metadata = Agent.Metadata();
        metadata.Remove("token_endpoint_auth_method");
        var (_, body) = await PostAsync(metadata);
        body["token_endpoint_auth_method"]!.GetValue<string>().Should().Be("client_secret_basic");
        body["client_secret_expires_at"]!.GetValue<long>().Should().Be(0);
        var secret = body["client_secret"]!.GetValue<string>();

        await using var db = await (await shared.GetAsync()).Services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContextAsync();
        var clientId = body["client_id"]!.GetValue<string>();
        var stored = await db.Clients.AsNoTracking().SingleAsync(client => client.ClientId == clientId);
        stored.ClientSecret.Should().NotBeNullOrEmpty().And.NotContain(secret);
        stored.RegistrationTokenHash.Should().NotBe(body["registration_access_token"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_registration_twice_gives_two_clients()
    {
        var (_, one) = await PostAsync(Agent.Metadata());
        var (_, other) = await PostAsync(Agent.Metadata());
        one["client_id"]!.GetValue<string>().Should().NotBe(other["client_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Unknown_members_and_scopes_and_grants_that_need_an_Admin_are_left_out_of_the_answer()
    {
        var metadata = Agent.Metadata();
        metadata["scope"] = "deployments:read everything offline_access";
        metadata["token_endpoint_auth_method"] = "client_secret_basic";
        metadata["grant_types"] = new JsonArray("authorization_code", "client_credentials", DeviceClient.Grant);
        metadata["x_unknown"] = new JsonObject { ["deep"] = new JsonArray(1, 2) };
        var (response, body) = await PostAsync(metadata);
        response.StatusCode.Should().Be(HttpStatusCode.Created);
        body["scope"]!.GetValue<string>().Should().Be("deployments:read offline_access");
        body["grant_types"]!.AsArray().Select(grant => grant!.GetValue<string>()).Should().Equal("authorization_code", DeviceClient.Grant);
        body.ContainsKey("x_unknown").Should().BeFalse();
    }

    [Theory]
    [InlineData("https://client.example/callback")]
    [InlineData("https://client.example:8443/callback?tenant=1")]
    [InlineData("http://localhost:3000/callback")]
    [InlineData("http://localhost/callback")]
    [InlineData("http://127.0.0.1/callback")]
    [InlineData("http://[::1]:4000/callback")]
    [InlineData("cursor://anysphere.cursor-retrieval/oauth/callback")]
    [InlineData("com.example.app:/callback")]
    public async Task These_redirect_URIs_can_be_registered(string uri)
    {
        var (response, body) = await PostAsync(With("redirect_uris", new JsonArray(uri)));
        response.StatusCode.Should().Be(HttpStatusCode.Created);
        body["redirect_uris"]![0]!.GetValue<string>().Should().Be(uri);
    }

    [Theory]
    [InlineData("http://client.example/callback")]
    [InlineData("http://localhost.evil.example/callback")]
    [InlineData("http://127.0.0.1.evil.example/callback")]
    [InlineData("http://2130706433/callback")]
    [InlineData("https://client.example/callback#fragment")]
    [InlineData("https://client.example/callback#")]
    [InlineData("https://user:password@client.example/callback")]
    [InlineData("https://*.client.example/callback")]
    [InlineData("https://client.example/callback?code=1")]
    [InlineData("https://client.example/callback?iss=1")]
    [InlineData("https://client.example\\@evil.example/callback")]
    [InlineData("https://client.example/call back")]
    [InlineData("https:client.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData("data:text/html,hello")]
    [InlineData("file:///etc/passwd")]
    [InlineData("about:blank")]
    [InlineData("blob:https://client.example/1")]
    [InlineData("unknownapp://callback")]
    [InlineData("/callback")]
    [InlineData("callback")]
    [InlineData("")]
    public async Task These_redirect_URIs_are_refused(string uri)
    {
        var (response, body) = await PostAsync(With("redirect_uris", new JsonArray("https://client.example/good", uri)));
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        body["error"]!.GetValue<string>().Should().Be("invalid_redirect_uri");
        body["error_description"]!.GetValue<string>().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Redirect_URIs_are_one_to_ten_of_at_most_two_thousand_characters()
    {
        var longest = "https://client.example/" + new string('a', 2000 - 23);
        (await PostAsync(With("redirect_uris", new JsonArray(longest)))).Response.StatusCode.Should().Be(HttpStatusCode.Created);
        foreach (JsonNode? bad in new JsonNode?[] { new JsonArray(longest + "a"), new JsonArray(), null, Uris(11) })
        {
            var (response, body) = await PostAsync(With("redirect_uris", bad));
            response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            body["error"]!.GetValue<string>().Should().Be("invalid_redirect_uri");
        }

        (await PostAsync(With("redirect_uris", Uris(10)))).Response.StatusCode.Should().Be(HttpStatusCode.Created);

        static JsonArray Uris(int count) => [.. Enumerable.Range(0, count).Select(i => JsonValue.Create($"https://client.example/{i}"))];
    }

    [Theory]
    [InlineData("token_endpoint_auth_method", "\"tls_client_auth\"")]
    [InlineData("token_endpoint_auth_method", "7")]
    [InlineData("grant_types", "[\"implicit\"]")]
    [InlineData("grant_types", "[\"refresh_token\"]")]
    [InlineData("grant_types", "[\"authorization_code\",\"client_credentials\"]")]
    [InlineData("grant_types", "\"authorization_code\"")]
    [InlineData("response_types", "[\"token\"]")]
    [InlineData("response_types", "[\"code\",\"token\"]")]
    [InlineData("application_type", "\"desktop\"")]
    [InlineData("client_name", "{}")]
    [InlineData("client_name", "\"a\\u0007b\"")]
    [InlineData("client_uri", "\"javascript:alert(1)\"")]
    [InlineData("logo_uri", "\"not a url\"")]
    [InlineData("contacts", "\"someone\"")]
    [InlineData("contacts", "[1]")]
    [InlineData("redirect_uris", "\"https://client.example/callback\"")]
    public async Task A_member_that_makes_no_sense_is_refused_by_name(string member, string value)
    {
        var (response, body) = await PostAsync(With(member, JsonNode.Parse(value)));
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        body["error"]!.GetValue<string>().Should().Be("invalid_client_metadata");
        body["error_description"]!.GetValue<string>().Should().StartWith(member);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{\"client_name\":\"a\",\"client_name\":\"b\"}")]
    [InlineData("{\"client_name\":\"\\ud800\"}")]
    [InlineData("{\"client_name\":\"\\u0000\"}")]
    public async Task A_body_that_is_no_JSON_object_is_an_invalid_request(string body)
    {
        var response = await (await ClientAsync()).PostAsync("/register", new StringContent(body, Encoding.UTF8, "application/json"));
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonObject>())!["error"]!.GetValue<string>().Should().Be("invalid_request");
    }

    [Fact]
    public async Task A_form_is_an_invalid_request()
    {
        var response = await (await ClientAsync()).PostAsync("/register", Agent.Form(("client_name", "a")));
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_of_a_megabyte_is_refused()
    {
        var (response, body) = await PostAsync(With("x_padding", new string('a', 1024 * 1024)));
        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        body["error"]!.GetValue<string>().Should().Be("invalid_request");
    }

    [Fact]
    public async Task One_address_can_register_only_so_often_in_a_minute()
    {
        await using var server = await AuthServer.StartAsync(options => options with { RegistrationsPerMinute = 3 });
        var http = server.NewClient();
        for (var i = 0; i < 3; i++)
            (await http.PostAsJsonAsync("/register", Agent.Metadata())).StatusCode.Should().Be(HttpStatusCode.Created);

        var response = await http.PostAsJsonAsync("/api/oauth/register", Agent.Metadata());
        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter.Should().NotBeNull();
    }

    private static JsonObject With(string member, JsonNode? value)
    {
        var metadata = Agent.Metadata();
        metadata[member] = value;
        return metadata;
    }

    private async Task<(HttpResponseMessage Response, JsonObject Body)> PostAsync(JsonObject metadata, string path = "/register")
    {
        var response = await (await ClientAsync()).PostAsJsonAsync(path, metadata);
        return (response, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    private async Task<HttpClient> ClientAsync() => (await shared.GetAsync()).NewClient();
}
