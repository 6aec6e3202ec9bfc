using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Nexus.Testing;

/// <summary>A program that signs its owner in through the bridge and speaks plain JSON-RPC.</summary>
public sealed class ServerAgent(Uri server) : IDisposable
{
    public const string Email = "you@example.com";
    public const string Password = "a long passphrase";
    private const string Redirect = "http://localhost/callback";
    private const string Scope = "deployments:read deployments:create deployments:logs deployments:delete databases:read databases:write";

    private readonly HttpClient _http = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(70) };

    /// <summary>The owner that the agent acts for.</summary>
    public static IReadOnlyDictionary<string, string?> OwnerVariables { get; } =
        new Dictionary<string, string?> { ["Nexus__Owner__Email"] = Email, ["Nexus__Owner__Password"] = Password };

    /// <summary>The access token; empty before the agent has signed in.</summary>
    public string Token { get; private set; } = "";

    public async Task SignInAsync()
    {
        var client = await PostAsync("/register", new { redirect_uris = new[] { Redirect }, token_endpoint_auth_method = "none", scope = Scope });
        var clientId = client.GetProperty("client_id").GetString();
        var session = await SessionAsync();
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(verifier)));
        var granted = await PostAsync(
            "/oauth/authorize/code",
            new { response_type = "code", client_id = clientId, redirect_uri = Redirect, scope = Scope, code_challenge = challenge, code_challenge_method = "S256" },
            session);
        var tokens = await PostAsync(
            "/oauth/token",
            new { grant_type = "authorization_code", client_id = clientId, code = granted.GetProperty("code").GetString(), redirect_uri = Redirect, code_verifier = verifier });
        Token = tokens.GetProperty("access_token").GetString()!;
    }

    /// <summary>Signs the owner in, for the bridge.</summary>
    public async Task<string> SessionAsync() =>
        (await PostAsync("/api/auth/login", new { email = Email, password = Password })).GetProperty("data").GetProperty("token").GetString()!;

    /// <summary>The tool's structured result.</summary>
    public async Task<JsonElement> CallAsync(string tool, object arguments)
    {
        var answer = await PostAsync("/mcp", new { jsonrpc = "2.0", id = 1, method = "tools/call", @params = new { name = tool, arguments } }, Token);
        return answer.TryGetProperty("result", out var result) && result.TryGetProperty("structuredContent", out var content)
            ? content
            : throw new InvalidOperationException($"{tool}: {answer}");
    }

    /// <summary>Waits until the deployment's rollout has ended, and says in which status.</summary>
    public async Task<string> SettledStatusAsync(string deployment)
    {
        var status = default(JsonElement);
        await Poll.UntilAsync(
            async () =>
            {
                status = await CallAsync("nexusai_deploy_status", new { deploymentId = deployment, waitSeconds = 20 });
                return status.GetProperty("rollout").GetProperty("outcome").GetString() != "IN_PROGRESS";
            },
            $"the rollout of {deployment} to end",
            TimeSpan.FromSeconds(90),
            () => status.ToString());
        return status.GetProperty("deployment").GetProperty("status").GetString()!;
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> PostAsync(string path, object body, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {text}");
    }
}
