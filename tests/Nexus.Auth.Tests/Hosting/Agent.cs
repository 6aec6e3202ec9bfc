using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.IdentityModel.Tokens;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>A client that nobody here knows: it registers itself, sends a person's browser through, and gets its tokens.</summary>
internal sealed class Agent(AuthServer server, HttpClient http, JsonObject registration)
{
    public const string RedirectUri = "https://client.example/callback";
    public const string AllScopes = "deployments:read deployments:create deployments:logs deployments:delete";

    public HttpClient Http { get; } = http;

    public JsonObject Registration { get; } = registration;

    public string ClientId => Registration["client_id"]!.GetValue<string>();

    public string Verifier { get; set; } = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    public string Challenge => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public Browser Browser { get; } = new(server);

    public static async Task<Agent> RegisterAsync(AuthServer server, Action<JsonObject>? change = null)
    {
        var http = server.NewClient();
        var metadata = Metadata();
        change?.Invoke(metadata);
        var response = await http.PostAsJsonAsync("/register", metadata);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? new(server, http, JsonNode.Parse(body)!.AsObject())
            : throw new InvalidOperationException(body);
    }

    public static JsonObject Metadata() => new()
    {
        ["client_name"] = "my-mcp-client",
        ["redirect_uris"] = new JsonArray(RedirectUri),
        ["token_endpoint_auth_method"] = "none",
        ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
        ["response_types"] = new JsonArray("code"),
        ["scope"] = AllScopes,
    };

    public string AuthorizeUrl(params (string Name, string? Value)[] changes) => "/oauth/authorize?" + Query(changes);

    public string Query(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = ClientId,
            ["redirect_uri"] = RedirectUri,
            ["scope"] = AllScopes,
            ["state"] = "state-123",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
            ["resource"] = AuthServer.Resource,
        };
        foreach (var (name, value) in changes) parameters[name] = value;
        return string.Join('&', parameters.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value!)}"));
    }

    /// <summary>Signs the person in where the server asks for it, and allows; the answer's parameters.</summary>
    public async Task<Answer> AuthorizeAsync(params (string Name, string? Value)[] changes)
    {
        var page = await SignInAsync(await Browser.GoAsync(AuthorizeUrl(changes)));
        if (page.Path == "/consent") page = await Browser.SubmitAsync(page, ("decision", "allow"));
        return new(page.LeftFor ?? throw new InvalidOperationException($"Stayed at {page.Url} ({page.Response.StatusCode}): {page.Html}"));
    }

    public async Task<Page> SignInAsync(Page page) => page.Path == "/sign-in"
        ? await Browser.SubmitAsync(page, ("Email", AuthServer.OwnerEmail), ("Password", AuthServer.OwnerPassword))
        : page;

    public async Task<TokenAnswer> ExchangeAsync(string code, params (string Name, string? Value)[] changes) =>
        await TokenAsync([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RedirectUri), ("code_verifier", Verifier), .. changes]);

    public async Task<TokenAnswer> RefreshAsync(string refreshToken, params (string Name, string? Value)[] changes) =>
        await TokenAsync([("grant_type", "refresh_token"), ("refresh_token", refreshToken), .. changes]);

    public async Task<TokenAnswer> TokenAsync(params (string Name, string? Value)[] parameters)
    {
        var response = await Http.PostAsync("/oauth/token", Form([("client_id", ClientId), .. parameters]));
        return await TokenAnswer.ReadAsync(response);
    }

    /// <summary>All the way to tokens.</summary>
    public async Task<TokenAnswer> ConnectAsync(params (string Name, string? Value)[] changes) =>
        await ExchangeAsync((await AuthorizeAsync(changes)).Code!);

    public static FormUrlEncodedContent Form(params (string Name, string? Value)[] fields)
    {
        var last = new Dictionary<string, string>();
        foreach (var (name, value) in fields)
            if (value is null) last.Remove(name);
            else last[name] = value;
        return new(last);
    }
}

/// <summary>The answer to an authorization request, at the client's redirect URI.</summary>
internal sealed record Answer(Uri Uri)
{
    public string? Code => this["code"];

    public string? Error => this["error"];

    public string? this[string name] => HttpUtility.ParseQueryString(Uri.Query)[name];
}

/// <summary>An answer of the token endpoint.</summary>
internal sealed record TokenAnswer(HttpResponseMessage Response, JsonObject Body)
{
    public string AccessToken => Text("access_token") ?? throw new InvalidOperationException(Body.ToJsonString());

    public string RefreshToken => Text("refresh_token") ?? throw new InvalidOperationException(Body.ToJsonString());

    public string? Error => Text("error");

    public string? Text(string member) => Body[member]?.GetValue<string>();

    public static async Task<TokenAnswer> ReadAsync(HttpResponseMessage response) =>
        new(response, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
}
