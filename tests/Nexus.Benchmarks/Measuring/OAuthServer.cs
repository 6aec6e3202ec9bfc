using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Nexus.Benchmarks.Measuring;

/// <summary>An authorization server as a public client meets it; <paramref name="mint"/> stands for a person's sign-in and consent.</summary>
internal sealed class OAuthServer(
    Uri address, string registrationPath, string tokenPath, string scope, Func<HttpClient, string, string, Task<HttpResponseMessage>> mint) : IDisposable
{
    public const string Redirect = "http://localhost/callback";

    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>Nexus, with a session of the owner for its bridge.</summary>
    public static OAuthServer Nexus(Uri address, string session)
    {
        const string scope = "offline_access deployments:read";
        return new(address, "/register", "/oauth/token", scope, (http, client, challenge) =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/authorize/code")
            {
                Content = JsonContent.Create(new
                {
                    response_type = "code",
                    client_id = client,
                    redirect_uri = Redirect,
                    scope,
                    code_challenge = challenge,
                    code_challenge_method = "S256",
                }),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session);
            return http.SendAsync(request);
        });
    }

    /// <summary>The peer on oidc-provider, which gives codes at a path of its own.</summary>
    public static OAuthServer OidcProvider(Uri address) => new(
        address, "/reg", "/token", "offline_access deployments:read",
        (http, client, challenge) => http.GetAsync(new Uri($"/mint?client_id={client}&code_challenge={challenge}", UriKind.Relative)));

    public async Task<string> RegisterAsync()
    {
        using var response = await _http.PostAsJsonAsync(registrationPath, new
        {
            redirect_uris = new[] { Redirect },
            token_endpoint_auth_method = "none",
            application_type = "native",
            grant_types = new[] { "authorization_code", "refresh_token" },
            response_types = new[] { "code" },
            scope,
        });
        return await MemberAsync(response, "client_id");
    }

    /// <summary>A code and its exchange; returns the refresh token.</summary>
    public async Task<string> CodeFlowAsync(string client)
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        using var minted = await mint(_http, client, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
        return await TokenAsync(new()
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = client,
            ["code"] = await MemberAsync(minted, "code"),
            ["redirect_uri"] = Redirect,
            ["code_verifier"] = verifier,
        });
    }

    /// <summary>Returns the next refresh token.</summary>
    public Task<string> RefreshAsync(string client, string refreshToken) => TokenAsync(new()
    {
        ["grant_type"] = "refresh_token",
        ["client_id"] = client,
        ["refresh_token"] = refreshToken,
    });

    public void Dispose() => _http.Dispose();

    private async Task<string> TokenAsync(Dictionary<string, string> form)
    {
        using var response = await _http.PostAsync(tokenPath, new FormUrlEncodedContent(form));
        return await MemberAsync(response, "refresh_token");
    }

    private static async Task<string> MemberAsync(HttpResponseMessage response, string name)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode && JsonSerializer.Deserialize<JsonElement>(text).TryGetProperty(name, out var value)
            ? value.GetString()!
            : throw new InvalidOperationException($"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {text}");
    }
}
