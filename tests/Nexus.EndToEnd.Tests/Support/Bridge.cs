using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Nexus.EndToEnd.Tests.Support;

/// <summary>Gets access tokens without a browser, for clients that are given one instead of signing in.</summary>
internal sealed class Bridge(Uri server) : IDisposable
{
    private const string AllScopes = "deployments:read deployments:create deployments:logs deployments:delete";
    private const string RedirectUri = "http://localhost/callback";

    private readonly HttpClient _http = new() { BaseAddress = server };

    /// <summary>Registers a public client and returns its id.</summary>
    public async Task<string> RegisterAsync(string name, string redirectUri) => Member(
        await PostAsync("/register", new
        {
            client_name = name,
            redirect_uris = (string[])[redirectUri],
            token_endpoint_auth_method = "none",
            grant_types = (string[])["authorization_code", "refresh_token"],
            scope = AllScopes,
        }), "client_id");

    /// <summary>An access token of the owner with every scope for deployments.</summary>
    public async Task<string> GetAccessTokenAsync()
    {
        var client = await RegisterAsync("bridge", RedirectUri);
        var verifier = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var code = Member(await PostAsync("/oauth/authorize/code", new
        {
            response_type = "code",
            client_id = client,
            redirect_uri = RedirectUri,
            scope = AllScopes,
            code_challenge = Challenge(verifier),
            code_challenge_method = "S256",
        }, await SignInAsync()), "code");
        return Member(await PostAsync("/oauth/token", new
        {
            grant_type = "authorization_code",
            client_id = client,
            code,
            redirect_uri = RedirectUri,
            code_verifier = verifier,
        }), "access_token");
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> SignInAsync() => Member(
        (await PostAsync("/api/auth/login", new { email = OwnerAccount.Email, password = OwnerAccount.Password })).GetProperty("data"), "token");

    private async Task<JsonElement> PostAsync(string path, object body, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (bearer is not null)
            request.Headers.Authorization = new("Bearer", bearer);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.Should().BeTrue("{0} should answer with success: {1}", path, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static string Member(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Challenge(string verifier) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
